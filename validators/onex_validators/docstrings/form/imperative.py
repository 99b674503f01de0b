"""Which verb the first word of a docstring is a form of: what `Returns` should be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_VERBS = """
    abort accept access accumulate acquire act activate adapt add adjust aggregate align allocate
    allow alter analyze animate annotate answer append apply approximate arrange ask assemble
    assert assign associate assume attach attempt augment authenticate authorize average
    begin benchmark bind block bootstrap broadcast browse build bump
    cache calculate call cancel cast catch change check choose clean clear click clip clone close
    coerce collapse collect combine commit compare compile complete compose compress compute
    concatenate configure confirm connect consider construct consume contain continue contribute
    control convert coordinate copy correct count cover create crop customize cut
    deactivate debug decide declare decode decompress decorate decrease decrypt deduce define
    delegate delete deliver denote deploy deprecate derive describe deserialize destroy detach
    detect determine dictate disable discard disconnect discover dispatch display divide do
    download draw drop dump duplicate
    edit eliminate emit empty enable encode encrypt end enforce enhance ensure enter enumerate
    erase escape establish estimate evaluate examine exchange exclude execute exit expand expect
    explain export expose express extend extract
    factor fail fake feed fetch fill filter finalize find finish fire fit fix flatten flush follow
    force forget format forward free freeze
    gather generate get give go grab grant group guarantee guess
    handle hash help hide highlight hold
    identify ignore implement import improve include increase increment index indicate infer
    inherit initialize initiate inject insert inspect install instantiate integrate intercept
    interpolate interpret invalidate invert invoke issue iterate
    join jump keep label lack launch leave let limit link list listen load locate lock log look
    loop lower
    maintain make manage mangle manipulate map mark mask match mean measure merge minimize mock
    modify monitor mount move multiply mutate
    need negotiate normalize note notify
    observe obtain offer omit open optimize order organize output override overwrite
    pack package pad parse partition pass patch perform persist pick plot poll populate position
    post predict prepare prepend preprocess present preserve press prevent print process produce
    prompt propagate protect provide publish pull purge push put
    query quit quote
    raise randomize reach read rearrange rebuild recalculate receive recognize recompute
    reconfigure reconnect reconstruct record recover redirect reduce refactor refer refresh
    register reject reload remember remove rename render reorder repeat replace replicate reply
    report represent request require reset resize resolve respond restart restore restrict resume
    retrieve retry return reverse revert revoke rewind rewrite roll rotate round run
    sample sanitize save scale scan schedule scroll search seek select send separate serialize
    serve set shift show shuffle shut sign signal simplify simulate skip sleep slice solve sort
    spawn specify split stack start stop store strip submit substitute subtract suggest sum supply
    support suppress swap switch synchronize
    tag take tell terminate test throw time toggle tokenize track train transfer transform
    translate transmit transpose traverse treat trigger trim truncate try tune turn
    undo unescape uninstall unlock unpack unregister unset unwrap update upgrade upload use
    validate verify view visit visualize
    wait walk warn watch wrap write yield zip
"""
"""Verbs that docstrings begin with; of one that is missing here, no form is found."""
_OPENERS = """
    a an the this these it some same such should always here
    action base callback common constructor convenience convenient custom data
    decorator dictionary dummy example factory function generator generic handler helper
    hook identifier initial initializer internal iterator main method module new normal
    normally number optional overridable persistent placeholder reference replacement
    setup simple special sql standard string true unit utility
    validity wrapper
"""
"""Words that begin a description, never a command."""


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The verbs and the openers."""
    return frozenset(_VERBS.split()), frozenset(_OPENERS.split())


def imperative_of(word: str) -> str | None:
    """The command that ``word``, in small letters, stands for; empty where it is no verb at all.

    None where it may be a command, or nothing is known of it.
    """
    verbs, openers = _words()
    if word in verbs:
        return None
    if word in openers:
        return "set up" if word == "setup" else ""
    if word.endswith(("s", "ing", "ed", "ion")):
        return next((verb for verb in _roots(word) if verb in verbs), None)
    return None


def _roots(word: str) -> Iterator[str]:
    """What ``word`` may be a form of: `copies`, `copying`, `copied`; `creation`, `formation`."""
    if word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"
        return
    stem = word[:-2] if word.endswith("ed") else word[:-3]
    yield stem
    yield stem + "e"
    if stem[-1:] == stem[-2:-1]:
        yield stem[:-1]
    if word.endswith("ied"):
        yield stem[:-1] + "y"
    if word.endswith("ation"):
        yield stem[:-2]
        yield stem[:-2] + "e"
