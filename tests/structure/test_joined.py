"""Values whose name stands beside them, lists of variables, and what Kubernetes objects hold."""

from __future__ import annotations

import base64
import json
from xml.sax.saxutils import quoteattr

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import Setting
from tests.structure.reading import scan

WORDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=6)
KEYS = st.sampled_from(
    [("name", "value"), ("key", "value"), ("Name", "Value"), ("NAME", "VALUE"),
     ("ParameterKey", "ParameterValue"), ("parameter_name", "default_value"), ("id", "default")]
)  # fmt: skip


def packed(text: str | bytes) -> str:
    """``text`` in base64."""
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def by_name(name: str, text: str) -> list[tuple[str, str, str]]:
    """Each setting's path, value and, of the file, what stands at its place."""
    data = text.encode()
    return [
        (one.dotted, one.value, data[slice(*one.span)].decode(errors="replace"))
        for one in scan(name, text)
    ]


@given(
    st.lists(st.tuples(KEYS, WORDS, WORDS, st.permutations([0, 1, 2])), max_size=4),
    st.sampled_from(["a.json", "a.yaml", "a.toml"]),
)
def test_pairs_in_any_order_are_joined(
    items: list[tuple[tuple[str, str], str, str, list[int]]], file: str
) -> None:
    data = []
    for (name, value), said, meant, order in items:
        fields = [(name, said), ("extra", "z"), (value, meant)]
        data.append(dict(fields[nth] for nth in order))
    if file == "a.toml":
        lines = ["[[list]]\n" + "".join(f"{k} = '{v}'\n" for k, v in one.items()) for one in data]
        text = "".join(lines)
    else:
        text = json.dumps({"list": data}, indent=1) if "json" in file else yaml.dump({"list": data})
    found = [(one.path, one.value) for one in scan(file, text)]
    for nth, (_, said, meant, _) in enumerate(items):
        assert (("list", nth, said), meant) in found
    assert len(found) == 4 * len(items)


@given(WORDS, WORDS)
def test_the_text_of_a_named_element_is_joined(name: str, value: str) -> None:
    text = f"<a><p name={quoteattr(name)}>{value}</p><p>{value}</p></a>"
    assert [one for one in by_name("a.xml", text) if one[0].endswith(name) and one[1] == value]


def test_a_joined_one_stands_behind_the_plain_one_with_its_places() -> None:
    text = "- value: 'x'\n  name: A\n- b: c\n"
    found = scan("a.yaml", text)
    assert [one.path for one in found] == [(0, "value"), (0, "A"), (0, "name"), (1, "b")]
    assert found[1].span == found[0].span
    assert found[1].key_span == found[2].span


@pytest.mark.parametrize(
    "text",
    [
        "name: a\nother: b\n", "value: a\nother: b\n", "name: 12\nvalue: x\n",
        "a:\n  name: x\nb:\n  value: y\n", "name: a\n---\nvalue: b\n", "name: ''\nvalue: b\n",
        "name: |\n  a\n  b\nvalue: c\n", "name: a\nvalue:\n  b: c\n",
    ],
)  # fmt: skip
def test_what_is_no_pair_stays(text: str) -> None:
    count = sum(len(one or {}) for one in yaml.safe_load_all(text))
    assert len(scan("a.yaml", text)) == count


def test_lists_of_variables() -> None:
    text = (
        "services:\n  x:\n    environment:\n    - A=b c\n    - 'D=e=f'\n    - G\n"
        "    build:\n      args: [H=i, --set=j=k]\n  command:\n  - L=m\n"
    )
    joined = [one for one in by_name("compose.yaml", text) if "]." in one[0]]
    assert joined == [
        ("services.x.environment[0].A", "b c", "b c"),
        ("services.x.environment[1].D", "e=f", "e=f"),
        ("services.x.build.args[0].H", "i", "i"),
    ]


def of_secret(text: str, name: str = "a.yaml") -> list[Setting]:
    """The decoded settings."""
    return [one for one in scan(name, text) if one.decoded_from]


def test_secrets_are_decoded() -> None:
    data = {"a": packed("x y"), "b": packed(b"\xff\xfe"), "c.p12": packed(b"\xff"), "d": "no!"}
    secret = {"data": data, "stringData": {"e": "f"}, "kind": "Secret"}
    found = of_secret(yaml.safe_dump(secret, sort_keys=False))
    assert [(one.dotted, one.value) for one in found] == [
        ("data.a", "x y"),
        ("data.c.p12", "\udcff"),
    ]
    assert of_secret(json.dumps(secret), "a.json")[0].value == "x y"
    listed = {"kind": "List", "items": [{"kind": "ConfigMap", "data": {**data}}, secret]}
    assert [one.dotted for one in of_secret(yaml.safe_dump(listed))] == [
        "items[1].data.a", "items[1].data.c.p12",
    ]  # fmt: skip
    both = yaml.safe_dump_all([{"kind": "ConfigMap", "data": data}, secret])
    assert {one.document for one in of_secret(both)} == {1}


def test_a_secret_over_lines_and_in_a_template() -> None:
    half = packed("some longer words")
    text = f"kind: Secret\ndata:\n  {{{{- if .x }}}}\n  a: >\n    {half[:8]}\n    {half[8:]}\n"
    assert [one.value for one in of_secret(text)] == ["some longer words"]


def test_a_secret_that_is_a_file() -> None:
    text = f"kind: Secret\ndata:\n  app.properties: {packed('a.b=c')}\n"
    assert [(one.dotted, one.value) for one in of_secret(text)] == [
        ("data.app.properties", "a.b=c"), ("data.app.properties.a.b", "c"),
    ]  # fmt: skip


CONFIG = """\
data:
  app.properties: |

    # none
    a.b = c

      d = e
  config.yaml: |-
    env:
      - name: A
        value: 'b'
  x.json: "{\\"k\\": \\"v\\"}"
  y.toml: k = 'v'
  plain: a = b
kind: ConfigMap
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_in_config_maps_are_scanned_in_place(end: str) -> None:
    found = by_name("a.yaml", CONFIG.replace("\n", end))
    inner = [one for one in found if one[0].count(".") > 2 or one[0].endswith((".k", ".A"))]
    assert inner == [
        ("data.app.properties.a.b", "c", "c"),
        ("data.app.properties.d", "e", "e"),
        ("data.config.yaml.env[0].name", "A", "A"),
        ("data.config.yaml.env[0].value", "b", "b"),
        ("data.config.yaml.env[0].A", "b", "b"),
        ("data.x.json.k", "v", '{\\"k\\": \\"v\\"}'),
        ("data.y.toml.k", "v", "v"),
    ]
    assert [one for one in found if one[0] == "data.plain"]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), st.integers(1, 6), st.booleans())
def test_places_in_files_within_are_true(
    pairs: list[tuple[str, str]], indent: int, blank: bool
) -> None:
    pad = " " * indent
    inner = "".join(f"{pad}  {name} = '{value}'\n" + "\n" * blank for name, value in pairs)
    text = f"kind: ConfigMap\ndata:\n{pad}a.toml: |\n{inner}"
    found = [one for one in by_name("a.yaml", text) if one[0].startswith("data.a.toml.")]
    assert [one[1:] for one in found] == [(value, value) for _, value in pairs]


@pytest.mark.parametrize(
    "piece",
    ["- name: a\n  value: b\n", "- name: a\n", "env: [", "- {kind: Secret, data: {a: eA==}}\n",
     "kind: ConfigMap\n---\n", "data: {a.yaml: 'b: c'}\nkind: Secret\n---\n"],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan("a.yaml", piece * 20_000)) <= 200_000
