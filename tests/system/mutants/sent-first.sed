# The message is on file as sent before it is handed over: whoever is killed in between never gets it.
s|^    const delivery::Outcome outcome =$|    (void)service.store.call([\&](store::Store\& store) { return store.record_outcome(due, {"sent", {}, 250, ""}); });\n&|
s|^    return service.store.call(.*record_outcome(due, end); });$|    if (end.state == "sent") {\n        return {};\n    }\n&|
