import threading

from search.breaker import SUSPICIOUS, CircuitBreaker


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


def test_few_wait_and_the_others_are_sent_away_once_one_has_waited_suspiciously_long():
    clock = Clock()
    breaker = CircuitBreaker(clock=clock, slots=2)
    first, second = breaker.enter(), breaker.enter()
    assert first and second
    clock.now = SUSPICIOUS
    assert breaker.enter() is None, "at once, without a probe and without a failure"
    assert breaker.state == "closed"
    breaker.leave(first)
    assert breaker.enter() is not None


def test_who_comes_while_all_slots_are_taken_waits_for_one():
    breaker = CircuitBreaker(slots=1)
    ticket = breaker.enter()
    threading.Timer(0.05, breaker.leave, [ticket]).start()
    assert breaker.enter() is not None


def test_one_failure_is_remembered_for_a_while_by_who_can_do_without():
    clock = Clock()
    breaker = CircuitBreaker(failures=2, pause=10, clock=clock)
    assert not breaker.has_just_failed
    breaker.failure()
    assert breaker.has_just_failed and breaker.state == "closed"
    clock.now = 10.0
    assert not breaker.has_just_failed
    breaker.failure()
    breaker.success()
    assert not breaker.has_just_failed


def test_nobody_enters_while_the_circuit_is_open():
    breaker = CircuitBreaker(failures=1, slots=1)
    ticket = breaker.enter()
    breaker.failure()
    assert breaker.enter() is None
    breaker.leave(ticket)
    assert breaker.enter() is None
