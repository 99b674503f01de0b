#!/usr/bin/env python3
# === OmniNode:Metadata ===
# metadata_version: 0.1.0
# protocol_version: 1.1.0
# schema_version: 1.1.0
# name: check_ports.py
# version: 1.0.0
# uuid: <to-be-stamped>
# owner: Harbor Team
# author: Harbor Team
# copyright: Harbor Team
# created_at: 1970-01-01T00:00:00Z
# last_modified_at: 1970-01-01T00:00:00Z
# description: Stamped by PythonHandler
# state_contract: state_contract://default
# lifecycle: draft
# hash: 0000000000000000000000000000000000000000000000000000000000000000
# entrypoint: python@check_ports.py
# runtime_language_hint: python>=3.11
# namespace: harbor.stamped.check_ports
# meta_type: tool
# === /OmniNode:Metadata ===

"""Say which services of a runtime manifest answer on their port."""

import socket
import sys

import yaml


def main(path):
    with open(path, encoding="utf-8") as stream:
        services = yaml.safe_load(stream)["services"]
    silent = 0
    for service in services:
        address = (service["bind"], service["port"])
        try:
            socket.create_connection(address, timeout=2).close()
            state = "answers"
        except OSError as error:
            state, silent = f"silent ({error})", silent + 1
        print(f"{service['name']:12} {address[0]}:{address[1]} {state}")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
