-- The portable functions of the rule language, in DuckDB.
-- Each must agree with functions.py (the reference engine) on tests/engines/boundary.toml.

-- Whether a pattern matches the whole text.  DuckDB asks a plain function of one column once for each different value
-- a Parquet file holds, but regexp_full_match, CASE and CAST of every row; hence the shape of what stands here.
CREATE MACRO m_whole_match(t, pattern) AS regexp_extract(t || '!', '^(?:' || pattern || ')!$') <> '';

-- Typing: text to value, or empty where the text is not exactly of that type.
CREATE MACRO m_date(t) AS
    CAST(try_strptime(
        regexp_extract(t, '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}$'),
        '%Y-%m-%d') AS DATE);
CREATE MACRO m_datetime(t) AS
    CASE WHEN t >= '0001' AND m_whole_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?')
         THEN TRY_CAST(replace(substr(t, 1, 19), 'T', ' ') AS TIMESTAMP) END;
CREATE MACRO m_number(t) AS
    CASE WHEN m_whole_match(t, '-?[0-9]{1,15}([.][0-9]{1,15})?') THEN CAST(t AS DOUBLE) END;
-- A whole number is held as a double, which is exact for fifteen digits and cannot overflow in a product.
CREATE MACRO m_whole(t) AS CASE WHEN m_whole_match(t, '-?[0-9]{1,15}') THEN CAST(t AS DOUBLE) END;
CREATE MACRO m_boolean(t) AS
    CASE WHEN lower(t) IN ('true', '1') THEN true WHEN lower(t) IN ('false', '0') THEN false END;

-- Text.  A question answered yes or no is answered no of an empty value.
CREATE MACRO m_matches(t, pattern) AS coalesce(m_whole_match(t, pattern), false);
CREATE MACRO m_contains(t, part) AS coalesce(instr(t, part) > 0, false);
CREATE MACRO m_starts_with(t, part) AS coalesce(substr(t, 1, length(part)) = part, false);
CREATE MACRO m_is_teacher_number(t) AS coalesce(m_whole_match(t, '[0-9]{7}'), false);
CREATE MACRO m_is_ni_number(t) AS
    coalesce(m_whole_match(t, '[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]'), false);

-- Letters with a small and a capital form: A to Z and those of Latin-1; engines differ over the rest.
CREATE MACRO m_lower(t) AS
    translate(t, 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ',
                 'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ');
CREATE MACRO m_upper(t) AS
    translate(t, 'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ',
                 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ');
CREATE MACRO m_trim(t) AS trim(t, ' ');

-- Numbers.  Rounded as written, halves away from nought: 1.005 to two places is 1.01.
CREATE MACRO m_round(x, places) AS
    coalesce(CAST(round(TRY_CAST(CAST(x AS VARCHAR) AS DECIMAL(38, 22)), places) AS DOUBLE), CAST(x AS DOUBLE));
CREATE MACRO m_ratio(a, b) AS CAST(a AS DOUBLE) / nullif(CAST(b AS DOUBLE), 0);

-- Dates.  Complete months from the earlier to the later day, negative if they are the wrong way round.
CREATE MACRO m_months_up(a, b) AS
    (year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN day(b) < day(a) THEN 1 ELSE 0 END;
CREATE MACRO m_full_months(a, b) AS CASE WHEN b >= a THEN m_months_up(a, b) ELSE -m_months_up(b, a) END;
CREATE MACRO m_full_years(a, b) AS CAST(trunc(m_full_months(a, b) / 12.0) AS BIGINT);
CREATE MACRO m_days_between(a, b) AS date_diff('day', a, b);
-- A number of days or months is cut to a whole one; a day outside the years 1 to 9999 is empty.
CREATE MACRO m_day_number(d) AS date_diff('day', DATE '0001-01-01', d);
CREATE MACRO m_add_days(d, n) AS
    CASE WHEN m_day_number(d) + trunc(n) BETWEEN 0 AND m_day_number(DATE '9999-12-31')
         THEN CAST(d AS DATE) + CAST(trunc(n) AS INTEGER) END;
CREATE MACRO m_add_months(d, n) AS
    CASE WHEN 12 * year(d) + month(d) - 1 + trunc(n) BETWEEN 12 AND 12 * 9999 + 11
         THEN CAST(d + to_months(CAST(trunc(n) AS INTEGER)) AS DATE) END;
CREATE MACRO m_add_years(d, n) AS m_add_months(d, 12 * trunc(n));
-- Weekdays up to and including a day, counted from Monday 1 January of the year 1.
CREATE MACRO m_weekdays_to(t) AS 5 * (t // 7) + least(t % 7 + 1, 5);
CREATE MACRO m_weekdays_between(a, b) AS
    CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
         ELSE m_weekdays_to(m_day_number(b)) - m_weekdays_to(m_day_number(a) - 1) END;
CREATE MACRO m_periods_overlap(a_from, a_to, b_from, b_to) AS
    coalesce((a_from IS NOT NULL OR a_to IS NOT NULL) AND (b_from IS NOT NULL OR b_to IS NOT NULL)
             AND coalesce(a_from <= b_to, true) AND coalesce(b_from <= a_to, true), false);

-- Identifiers.
CREATE MACRO m_upn_value(c) AS instr('ABCDEFGHJKLMNPQRTUVWXYZ', c) - 1;
CREATE MACRO m_digit(t, place) AS instr('0123456789', substr(t, place, 1)) - 1;
CREATE MACRO m_upn_check_letter(t) AS
    CASE WHEN m_whole_match(t, '[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]') THEN
        substr('ABCDEFGHJKLMNPQRTUVWXYZ', CAST((
            m_digit(t, 2) * 2 + m_digit(t, 3) * 3 + m_digit(t, 4) * 4 + m_digit(t, 5) * 5
            + m_digit(t, 6) * 6 + m_digit(t, 7) * 7 + m_digit(t, 8) * 8 + m_digit(t, 9) * 9
            + m_digit(t, 10) * 10 + m_digit(t, 11) * 11 + m_digit(t, 12) * 12
            + (m_digit(t, 13) + m_upn_value(substr(t, 13, 1)) + 1) * 13
        ) % 23 + 1 AS INT), 1) END;
CREATE MACRO m_uln_sum(t) AS
    (m_digit(t, 1) * 10 + m_digit(t, 2) * 9 + m_digit(t, 3) * 8 + m_digit(t, 4) * 7 + m_digit(t, 5) * 6
     + m_digit(t, 6) * 5 + m_digit(t, 7) * 4 + m_digit(t, 8) * 3 + m_digit(t, 9) * 2) % 11;
CREATE MACRO m_uln_check_digit(t) AS
    CASE WHEN m_whole_match(t, '[1-9][0-9]{9}') AND m_uln_sum(t) > 0
         THEN CAST(10 - m_uln_sum(t) AS VARCHAR) END;
