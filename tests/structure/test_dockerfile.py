"""The scanner of Dockerfiles: the variables that they set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.structure.reading import MANY, pairs, scan, scan_many, written

NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,5}", fullmatch=True)
TEXT = st.text(st.sampled_from("ab1 '\"\\=#:é/"), max_size=8)


@given(
    st.dictionaries(NAMES, TEXT, min_size=1, max_size=4),
    st.sampled_from([" ", " \\\n  ", " \\\r\n# c\n"]),
)
def test_reads_all_pairs_of_an_instruction(data: dict[str, str], gap: str) -> None:
    quoted = {key: value.replace("\\", "\\\\").replace('"', '\\"') for key, value in data.items()}
    text = "ENV " + gap.join(f'{key}="{value}"' for key, value in quoted.items()) + "\nRUN x\n"
    assert pairs("Dockerfile", text) == {f"ENV.{key}": value for key, value in data.items()}


@given(st.dictionaries(NAMES, TEXT.map(lambda text: f"a{text.strip()}"), max_size=4))
def test_reads_what_the_parser_reads(data: dict[str, str]) -> None:
    import io

    from dockerfile_parse import DockerfileParser

    plain = {key: "".join(one for one in value if one.isalnum()) for key, value in data.items()}
    lines = [f"ENV {key}={value}\nLABEL {key} {value} y\n" for key, value in plain.items()]
    text = "FROM x\n" + "".join(lines)
    parser = DockerfileParser(fileobj=io.BytesIO(text.encode()))
    expected = {f"ENV.{key}": value for key, value in parser.envs.items()}
    expected |= {f"LABEL.{key}": value for key, value in parser.labels.items()}
    assert pairs("Dockerfile", text) == expected


@given(st.text(alphabet="ENVRU A=b\"'\\\n#<\r", max_size=60))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    data = b"ENV " + text.encode()
    for found in scan("Dockerfile", data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        assert data[slice(*found.key_span)].decode() == found.key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FROM x\nENV A=1 B='2 3' \\\n    C=\"4\"\n", {"ENV.A": "1", "ENV.B": "2 3", "ENV.C": "4"}),
        ("ENV A b c\nenv D \"e\"\n", {"ENV.A": "b c", "ENV.D": "e"}),
        ("ARG A\nARG B=c D=\nLABEL \"x.y\"=z\n", {"ARG.B": "c", "ARG.D": "", "LABEL.x.y": "z"}),
        ("ENV A=a\\ b\\\n\n# c\n  D=$E\n", {"ENV.A": "a b", "ENV.D": "$E"}),
        ("RUN export A=b && \\\n  C=d make; x --y=z\n", {"RUN.A": "b", "RUN.C": "d"}),
        ("RUN <<EOF\nENV A=b\nEOF\nENV C=d\n", {"ENV.C": "d"}),
        ("RUN <<EOF\nENV A=b\n", {"ENV.A": "b"}),
        ("ENV A=\"open B=c\nENV D='x\nENV =y E=f\n",
         {"ENV.A": "open", "ENV.B": "c", "ENV.D": "x", "ENV.E": "f"}),
        ("# ENV A=b\nENV A={{x}}\nENVOY B=c\n", {"ENV.A": "{{x}}"}),
        (b"\xef\xbb\xbfENV A=\xff\r\nONBUILD ENV B=c\r\n", {"ENV.A": "\udcff", "ENV.B": "c"}),
    ],
)  # fmt: skip
def test_instructions(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("Dockerfile", text) == found


def test_spans_leave_the_quotes_out() -> None:
    text = "ENV A=\"b c\" D=e\nENV F 'g'\nRUN  H=i \\\n && J='k'\n"
    expected = [("A", "b c"), ("D", "e"), ("F", "g"), ("H", "i"), ("J", "k")]
    assert written("Dockerfile", text) == expected


@pytest.mark.parametrize(
    "piece",
    ["ENV A=b\n", "ENV ", "A=", 'A="', "A='", "\\\n", "\\", "RUN <<E\n",
     "A b ", " ", "#\n", '"', "A=b ", "\\ "]
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("Dockerfile", piece, before="ENV ")) <= MANY + 1
    assert len(scan_many("Dockerfile", piece, before="RUN ")) <= MANY + 1
