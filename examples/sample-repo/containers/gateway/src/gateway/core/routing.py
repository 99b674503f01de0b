# === OmniNode:Metadata ===
# author: Harbor Team
# copyright: Harbor Team
# created_at: '2025-05-28T12:36:27.680243'
# description: Stamped by PythonHandler
# entrypoint: python://routing.py
# hash: 1a3d138c275944744c733e96b23b09c8c4af1f5a80a4eb4ec57ebc566485c851
# last_modified_at: '2025-05-29T11:50:12.428617+00:00'
# lifecycle: active
# meta_type: tool
# metadata_version: 0.1.0
# name: routing.py
# namespace: harbor.gateway.core.routing
# owner: Harbor Team
# protocol_version: 0.1.0
# runtime_language_hint: python>=3.11
# schema_version: 0.1.0
# state_contract: state_contract://default
# tools: null
# uuid: 0d9b3c71-5e86-4f2a-b7c4-1a8e6f5d2093
# version: 1.0.0
# === /OmniNode:Metadata ===


"""Which machine gets a request."""

from collections.abc import Iterable
from dataclasses import dataclass


class NoMachine(Exception):
    pass


@dataclass
class Machine:
    """A computer that serves models; `queued` counts the tokens that wait on it."""

    name: str
    url: str
    models: tuple[str, ...] = ()
    queued: int = 0

    def serves(self, model):
        return model in self.models


def choose(machines: Iterable[Machine], model: str) -> Machine:
    """The machine with the shortest queue among those that serve `model`.

    Raises:
        NoMachine: none of them does.
    """
    able = [machine for machine in machines if machine.serves(model)]
    if not able:
        raise NoMachine(f"no machine serves {model!r}")
    return min(able, key=lambda machine: machine.queued)
