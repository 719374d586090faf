from search.breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_breaker_opens_probes_once_and_closes():
    clock = Clock()
    breaker = CircuitBreaker(failures=2, pause=10, clock=clock)
    breaker.failure()
    assert breaker.allows() and breaker.state == "closed"
    breaker.failure()
    assert breaker.state == "open" and not breaker.allows()
    clock.now = 10.0
    assert breaker.state == "half-open"
    assert breaker.allows(), "one may probe"
    assert not breaker.allows(), "the others may not, as long as it has not reported"
    breaker.failure()
    assert not breaker.allows(), "open again, for another pause"
    clock.now = 20.0
    assert breaker.allows()
    breaker.success()
    assert breaker.state == "closed" and breaker.allows()


def test_one_failure_among_successes_does_not_open_it():
    breaker = CircuitBreaker(failures=2)
    for _time in range(5):
        breaker.failure()
        breaker.success()
    assert breaker.state == "closed"


def test_nobody_who_waits_probes_while_a_thread_does():
    clock = Clock()
    breaker = CircuitBreaker(failures=1, pause=10, clock=clock)
    breaker.is_watched = True
    assert breaker.allows()
    breaker.failure()
    clock.now = 60.0
    assert not breaker.allows()
    breaker.success()
    assert breaker.allows()
