# What fell due while nobody was there is not looked up: as if a timer in memory were the schedule.
s|return store.last_slot(job); });|(void)store; return Result<std::optional<Instant>>(service_.clock.now()); });|
s|\*last ? occurrences(|last ? occurrences(|
