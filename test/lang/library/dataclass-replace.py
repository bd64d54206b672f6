from dataclasses import MISSING, dataclass, fields, is_dataclass, replace


@dataclass
class Config:
    host: str
    port: int = 80


c = Config("a")
print(replace(c, port=8080), c, replace(c))  # expect: Config(host='a', port=8080) Config(host='a', port=80) Config(host='a', port=80)
print([f.name for f in fields(Config)], [f.name for f in fields(c)], fields(c)[1].default, fields(c)[0].default is MISSING)  # expect: ['host', 'port'] ['host', 'port'] 80 True
print(is_dataclass(c), is_dataclass(Config), is_dataclass(3))  # expect: True True False
