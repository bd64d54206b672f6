"""Raises one alarm each time a motor's verdict turns to failing, and says when it is well again."""

import device

last = {}


def handler(event, context):
    """For each new verdict of event["records"]: an entry in the log "alarms" when the verdict changed."""
    board = event["board"]
    for record in event["records"]:
        verdict = record["value"]["verdict"]
        before = last.get(board, "healthy")
        if verdict == "filling" or verdict == before:
            continue
        last[board] = verdict
        device.append("alarms", {"board": board, "verdict": verdict, "statistic": record["value"]["statistic"]})
