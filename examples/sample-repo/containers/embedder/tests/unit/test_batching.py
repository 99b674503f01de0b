from embedder.core.batching import batches


def test_a_batch_has_32_texts_at_most():
    assert [len(batch) for batch in batches(["a"] * 40)] == [32, 8]
