"""Reads the latest documents of several lookups by one call on PostgreSQL, at half the cost.

The periods of a lookup are a condition of their own: as a part of the query, PostgreSQL would merge the documents of
all its words and periods, where it now skips those that one condition excludes.
"""

from importlib import import_module

from django.db import migrations

before = import_module("search.migrations.0009_phrases_on_postgresql")
run = import_module("search.migrations.0005_heads_on_postgresql").run

# `lookups`: the lexemes of each; `phrases`: what the vector has to match as well, or null; `limits`: the highest number
# of documents. No document has the lexeme “none”, so each matches its negation, at no cost.
LATEST = """
CREATE FUNCTION search_latest(lookups tsquery[], phrases tsquery[], limits int[], moment timestamptz, today date)
RETURNS TABLE (lookup int, document bigint, page int, country varchar, is_article boolean)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan SET work_mem = '16MB' AS $$
DECLARE
    latest bigint;
    oldest bigint;
    recent bigint;
    newest bigint;
    first bigint;
    width bigint;
    period tsquery;
    found int;
    number int;
BEGIN
    SELECT max(id) >> 50, min(id) >> 50 INTO latest, oldest FROM search_document;
    recent := latest - coalesce(search_recent() >> 50, oldest) + 1;
    FOR ordinal IN 1..cardinality(lookups) LOOP
        newest := latest;
        width := recent;
        found := 0;
        LOOP
            first := newest - width + 1;
            IF first - oldest < width THEN  -- less is older
                first := oldest;
                period := '!none'::tsquery;
            ELSIF width <= 16 THEN
                period := (SELECT string_agg('@' || one, '|') FROM generate_series(first, newest) one)::tsquery;
            ELSE
                first := first >> 4 << 4;
                period := (SELECT string_agg('#' || one, '|') FROM generate_series(first >> 4, newest >> 4) one)::tsquery;
            END IF;
            RETURN QUERY SELECT ordinal - 1, one.id, one.page_id, one.country, one.is_article
                FROM (
                    SELECT id FROM search_document
                    WHERE search_lexemes(id, title_tokens, summary_tokens, names_tokens, text_tokens) @@ period
                    AND search_lexemes(id, title_tokens, summary_tokens, names_tokens, text_tokens) @@ lookups[ordinal]
                    AND id >> 50 <= newest AND (until IS NULL OR until >= today) ORDER BY id DESC OFFSET 0
                ) had
                JOIN search_document one ON one.id = had.id
                JOIN listing_entry ON listing_entry.page_id = one.page_id
                JOIN wagtailcore_page shown ON shown.id = one.page_id
                WHERE (phrases[ordinal] IS NULL OR one.fulltext @@ phrases[ordinal])
                AND shown.live AND (shown.expire_at IS NULL OR shown.expire_at > moment)
                ORDER BY had.id DESC LIMIT limits[ordinal] - found;
            GET DIAGNOSTICS number = ROW_COUNT;
            found := found + number;
            EXIT WHEN found >= limits[ordinal] OR first <= oldest;
            newest := first - 1;
            width := CASE WHEN number = 0 THEN width * 16
                ELSE least(width * 16, 1 + width * 3 * (limits[ordinal] - found) / number / 2) END;
        END LOOP;
    END LOOP;
END $$
"""
FORWARDS = ["DROP FUNCTION search_latest", LATEST]
BACKWARDS = ["DROP FUNCTION search_latest", before.LATEST]


class Migration(migrations.Migration):
    dependencies = [("search", "0009_phrases_on_postgresql")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
