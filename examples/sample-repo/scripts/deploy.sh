# === OmniNode:Metadata ===
# metadata_version: 0.1.0
# protocol_version: 1.1.0
# owner: Harbor Team
# copyright: Harbor Team
# schema_version: 1.1.0
# name: deploy.sh
# version: 1.0.0
# uuid: f0a9c3d6-2e7b-4815-bc64-8d1e5f7a3029
# author: Harbor Team
# created_at: 2025-05-27T17:23:40.229368
# last_modified_at: 2025-05-28T12:12:56.529251
# description: Stamped by ONEX
# state_contract: state_contract://default
# lifecycle: active
# hash: 27e74999a1f802038cea98e00fc73c812789a5044811f79b5d67436bcb41b4f1
# entrypoint: python@deploy.sh
# runtime_language_hint: python>=3.11
# namespace: harbor.stamped.deploy
# meta_type: tool
# === /OmniNode:Metadata ===


#!/usr/bin/env bash
set -euo pipefail

service="${1:?name the service to deploy}"
tag="${2:?name the tag to deploy}"
image="registry.internal.example/harbor/${service}:${tag}"

docker build --tag "$image" "containers/${service}"
docker push "$image"
ssh forge.harbor.example "docker pull $image && docker compose up --detach $service"
