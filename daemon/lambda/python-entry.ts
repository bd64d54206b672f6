/** Lambda's context object (AWS: "Lambda context object in Python"), for handlers that look at it; the others pay nothing for it. */

/** A module whose `handler` calls a module's handler with the object made of the fields that the engine gives; a board gives the function's name only. */
export function entrySource(module: string, handler: string): string {
  return `
import time
from ${module} import ${handler} as _handler

class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None

class Client:
    def __init__(self, fields):
        self.installation_id = fields.get("installation_id")
        self.app_title = fields.get("app_title")
        self.app_version_name = fields.get("app_version_name")
        self.app_version_code = fields.get("app_version_code")
        self.app_package_name = fields.get("app_package_name")

class ClientContext:
    def __init__(self, fields):
        self.custom = fields.get("custom")
        self.env = fields.get("env")
        client = fields.get("client")
        self.client = None if client is None else Client(client)

class LambdaContext:
    def __init__(self, fields):
        self.function_name = fields["function_name"]
        self.function_version = fields.get("function_version")
        self.invoked_function_arn = fields.get("invoked_function_arn")
        self.memory_limit_in_mb = fields.get("memory_limit_in_mb")
        self.aws_request_id = fields.get("aws_request_id")
        self.log_group_name = fields.get("log_group_name")
        self.log_stream_name = fields.get("log_stream_name")
        self.identity = CognitoIdentity()
        client = fields.get("client_context")
        self.client_context = None if client is None else ClientContext(client)
        self._deadline_ms = fields.get("deadline_ms")

    def get_remaining_time_in_millis(self):
        return None if self._deadline_ms is None else max(0, int(self._deadline_ms - time.time() * 1000))

    def __repr__(self):
        return f"LambdaContext([aws_request_id={self.aws_request_id},log_group_name={self.log_group_name},log_stream_name={self.log_stream_name},function_name={self.function_name},memory_limit_in_mb={self.memory_limit_in_mb},function_version={self.function_version},invoked_function_arn={self.invoked_function_arn}])"

def handler(event, fields):
    return _handler(event, None if fields is None else LambdaContext(fields))
`;
}

/** Whether a handler may look at its second argument: unless it is an ordinary function of which one can see that it does not. */
export function looksAtContext(source: string, handler: string): boolean {
  const header = /^[^\S\n]*def\s+\w+\s*\(([^()]*)\)/gm;
  const own = [...source.matchAll(header)].filter(([text]) => new RegExp(`^def\\s+${handler}\\s*\\(`).test(text));
  const [parameters] = own.map(([, list = ""]) => list.split(",").map((one) => one.trim()));
  const isPlain = own.length === 1 && !new RegExp(`^(@|${handler}\\b)`, "m").test(source);
  if (!isPlain || !parameters || parameters.some((one) => one.startsWith("*"))) return true;
  const name = /^\w+/.exec(parameters[1] ?? "")?.[0];
  return name !== undefined && new RegExp(`\\b${name}\\b`).test(source.replace(header, ""));
}
