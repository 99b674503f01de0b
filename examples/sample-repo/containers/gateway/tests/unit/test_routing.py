import pytest

from gateway.core.routing import Machine, NoMachine, choose


def test_shortest_queue_wins():
    busy = Machine("forge", "http://forge.example", ("code",), queued=900)
    idle = Machine("atelier", "http://atelier.example", ("code", "chat"), queued=10)
    assert choose([busy, idle], "code") is idle


def test_unknown_model():
    with pytest.raises(NoMachine):
        choose([], "code")
