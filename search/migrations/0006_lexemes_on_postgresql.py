"""Adds an index of lexemes on PostgreSQL, which serves every query without reading texts.

An index of vectors knows neither the column of a word, nor the next word, nor the latest document. This index has
lexemes for each of these: `A…`, `B…`, `C…` for a word of the title, the summary and the names; `+…` for two words that
follow each other, as a digest of four digits; `@…` and `#…` for the time of the document.

`search_latest` reads the latest documents first, and only as many as are needed. It forces the planner to use the
index. A phrase is compared with the texts of the few documents that have all its pairs of words.
"""

from importlib import import_module

from django.db import migrations

heads = import_module("search.migrations.0005_heads_on_postgresql")

# The cost keeps the planner from computing it while it searches.
LEXEMES = """
CREATE OR REPLACE FUNCTION search_lexemes(document bigint, title text, summary text, names text, body text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
    found text[] := ARRAY['@' || (document >> 50), '#' || (document >> 54)];
    part text[];
BEGIN
    FOR place IN 1..4 LOOP
        part := string_to_array((ARRAY[title, summary, names, body])[place], ' ');
        found := found || part || ARRAY(
            SELECT '+' || left(encode(sha256((word || ' ' || next)::bytea), 'hex'), 4)
            FROM unnest(part, part[2:]) AS pair(word, next) WHERE next IS NOT NULL
        );
        IF place < 4 THEN
            found := found || ARRAY(SELECT chr(64 + place) || word FROM unnest(part) AS word);
        END IF;
    END LOOP;
    RETURN array_to_tsvector(found);
END $$
"""
# The key of the latest document but a thousand.
RECENT = """
CREATE OR REPLACE FUNCTION search_recent() RETURNS bigint LANGUAGE sql STABLE SET enable_bitmapscan = off SET enable_seqscan = off
AS $$ SELECT id FROM search_document ORDER BY id DESC OFFSET 1000 LIMIT 1 $$
"""
# `said`: lexemes; `follows`: what the vector has to match as well, or null. A key has the minutes above its 36th bit
# (`search.index.place`): the shift by 50 gives periods of eleven days, that by 54 of half a year.
LATEST = """
CREATE OR REPLACE FUNCTION search_latest(said tsquery, follows tsquery, most int, moment timestamptz, today date)
RETURNS TABLE (document bigint, page int, country varchar, is_article boolean)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan SET work_mem = '16MB' AS $$
DECLARE
    newest bigint;
    oldest bigint;
    first bigint;
    width bigint;
    wanted tsquery;
    found int := 0;
    number int;
BEGIN
    SELECT max(id) >> 50, min(id) >> 50 INTO newest, oldest FROM search_document;
    width := newest - coalesce(search_recent() >> 50, oldest) + 1;
    LOOP
        first := newest - width + 1;
        IF first <= oldest THEN
            wanted := said;
        ELSIF width <= 16 THEN
            wanted := said && (SELECT string_agg('@' || one, '|') FROM generate_series(first, newest) one)::tsquery;
        ELSE
            first := first >> 4 << 4;
            wanted := said
                && (SELECT string_agg('#' || one, '|') FROM generate_series(first >> 4, newest >> 4) one)::tsquery;
        END IF;
        RETURN QUERY SELECT had.id, had.page_id, had.country, had.is_article
            FROM (
                SELECT one.id, one.page_id, one.country, one.is_article FROM search_document one
                WHERE search_lexemes(one.id, title_tokens, summary_tokens, names_tokens, text_tokens) @@ wanted
                AND one.id >> 50 <= newest AND (follows IS NULL OR one.fulltext @@ follows)
                AND (one.until IS NULL OR one.until >= today) ORDER BY one.id DESC OFFSET 0
            ) had
            JOIN listing_entry ON listing_entry.page_id = had.page_id
            JOIN wagtailcore_page shown ON shown.id = had.page_id
            WHERE shown.live AND (shown.expire_at IS NULL OR shown.expire_at > moment)
            ORDER BY had.id DESC LIMIT most - found;
        GET DIAGNOSTICS number = ROW_COUNT;
        found := found + number;
        EXIT WHEN found >= most OR first <= oldest;
        newest := first - 1;
        width := CASE WHEN number = 0 THEN width * 16 ELSE least(width * 16, 1 + width * 3 * (most - found) / number / 2) END;
    END LOOP;
END $$
"""
FORWARDS = [
    LEXEMES,
    RECENT,
    LATEST,
    "CREATE INDEX search_document_lexemes ON search_document USING gin "
    "(search_lexemes(id, title_tokens, summary_tokens, names_tokens, text_tokens)) WITH (fastupdate = off)",
    "ALTER INDEX search_document_lexemes ALTER COLUMN 1 SET STATISTICS 0",
    "DROP INDEX search_document_fulltext",
    "ALTER TABLE search_document DROP COLUMN heads",
    "ALTER TABLE search_document ALTER COLUMN fulltext SET STATISTICS 0",
]
BACKWARDS = [
    "CREATE INDEX search_document_fulltext ON search_document USING gin (fulltext) WITH (fastupdate = off)",
    *heads.FORWARDS,
    "DROP INDEX search_document_lexemes",
    "DROP FUNCTION search_latest",
    "DROP FUNCTION search_recent",
    "DROP FUNCTION search_lexemes",
]


class Migration(migrations.Migration):
    dependencies = [("search", "0005_heads_on_postgresql")]
    operations = [migrations.RunPython(heads.run(FORWARDS), heads.run(BACKWARDS))]
