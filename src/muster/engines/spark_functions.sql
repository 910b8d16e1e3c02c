-- The portable functions of the rule language, in Spark; each statement ends with a semicolon at the end of a line.
-- Each must agree with functions.py (the reference engine) on tests/engines/boundary.toml.
-- Spark reads a function anew wherever it is called, so they call each other only where writing it out would be worse.

-- Typing: text to value, or empty where the text is not exactly of that type.  \z is the very end: $ would let a
-- line break follow.
CREATE TEMPORARY FUNCTION m_date(t STRING) RETURNS DATE
RETURN CASE WHEN t RLIKE '\\A(?:[0-9]{4}-[0-9]{2}-[0-9]{2})\\z' AND t >= '0001' THEN TRY_CAST(t AS DATE) END;
CREATE TEMPORARY FUNCTION m_datetime(t STRING) RETURNS TIMESTAMP_NTZ
RETURN CASE WHEN t >= '0001' AND t RLIKE '\\A(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)\\z'
            THEN TRY_CAST(replace(substr(t, 1, 19), 'T', ' ') AS TIMESTAMP_NTZ) END;
CREATE TEMPORARY FUNCTION m_number(t STRING) RETURNS DOUBLE
RETURN CASE WHEN t RLIKE '\\A(?:-?[0-9]{1,15}([.][0-9]{1,15})?)\\z' THEN TRY_CAST(t AS DOUBLE) END;
CREATE TEMPORARY FUNCTION m_whole(t STRING) RETURNS DOUBLE
RETURN CASE WHEN t RLIKE '\\A(?:-?[0-9]{1,15})\\z' THEN TRY_CAST(t AS DOUBLE) END;
CREATE TEMPORARY FUNCTION m_boolean(t STRING) RETURNS BOOLEAN
RETURN CASE WHEN lower(t) IN ('true', '1') THEN true WHEN lower(t) IN ('false', '0') THEN false END;

-- Text.  A question answered yes or no is answered no of an empty value.
CREATE TEMPORARY FUNCTION m_matches(t STRING, pattern STRING) RETURNS BOOLEAN
RETURN coalesce(t RLIKE concat('\\A(?:', pattern, ')\\z'), false);
CREATE TEMPORARY FUNCTION m_contains(t STRING, part STRING) RETURNS BOOLEAN
RETURN coalesce(contains(t, part), false);
CREATE TEMPORARY FUNCTION m_starts_with(t STRING, part STRING) RETURNS BOOLEAN
RETURN coalesce(startswith(t, part), false);
CREATE TEMPORARY FUNCTION m_is_teacher_number(t STRING) RETURNS BOOLEAN
RETURN coalesce(t RLIKE '\\A(?:[0-9]{7})\\z', false);
CREATE TEMPORARY FUNCTION m_is_ni_number(t STRING) RETURNS BOOLEAN
RETURN coalesce(t RLIKE '\\A(?:[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D])\\z', false);

-- Letters with a small and a capital form: A to Z and those of Latin-1; engines differ over the rest.
CREATE TEMPORARY FUNCTION m_lower(t STRING) RETURNS STRING
RETURN translate(t, 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ',
                    'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ');
CREATE TEMPORARY FUNCTION m_upper(t STRING) RETURNS STRING
RETURN translate(t, 'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ',
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ');
CREATE TEMPORARY FUNCTION m_trim(t STRING) RETURNS STRING
RETURN trim(BOTH ' ' FROM t);

-- Numbers.  Rounded as written, halves away from nought, which is what round() of Spark does with a double; it
-- wants the number of places written out.
CREATE TEMPORARY FUNCTION m_round(x DOUBLE, places INT) RETURNS DOUBLE
RETURN CASE places WHEN 0 THEN round(x, 0) WHEN 1 THEN round(x, 1) WHEN 2 THEN round(x, 2) WHEN 3 THEN round(x, 3)
                   WHEN 4 THEN round(x, 4) WHEN 5 THEN round(x, 5) WHEN 6 THEN round(x, 6) END;
CREATE TEMPORARY FUNCTION m_ratio(a DOUBLE, b DOUBLE) RETURNS DOUBLE
RETURN a / nullif(b, 0);

-- Dates.  Complete months from the earlier to the later day, negative if they are the wrong way round.
CREATE TEMPORARY FUNCTION m_full_months(a DATE, b DATE) RETURNS INT
RETURN CASE WHEN b >= a
            THEN (year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN day(b) < day(a) THEN 1 ELSE 0 END
            ELSE (year(b) - year(a)) * 12 + month(b) - month(a) + CASE WHEN day(a) < day(b) THEN 1 ELSE 0 END END;
CREATE TEMPORARY FUNCTION m_full_years(a DATE, b DATE) RETURNS INT
RETURN m_full_months(a, b) DIV 12;
CREATE TEMPORARY FUNCTION m_days_between(a DATE, b DATE) RETURNS INT
RETURN datediff(b, a);
-- A number of days or months is cut to a whole one; a day outside the years 1 to 9999 is empty.
CREATE TEMPORARY FUNCTION m_add_days(d DATE, n DOUBLE) RETURNS DATE
RETURN CASE WHEN TRY_CAST(n AS BIGINT) BETWEEN datediff(DATE '0001-01-01', d) AND datediff(DATE '9999-12-31', d)
            THEN date_add(d, TRY_CAST(n AS INT)) END;
CREATE TEMPORARY FUNCTION m_add_months(d DATE, n DOUBLE) RETURNS DATE
RETURN CASE WHEN 12 * year(d) + month(d) - 1 + TRY_CAST(n AS BIGINT) BETWEEN 12 AND 12 * 9999 + 11
            THEN add_months(d, TRY_CAST(n AS INT)) END;
CREATE TEMPORARY FUNCTION m_add_years(d DATE, n DOUBLE) RETURNS DATE
RETURN m_add_months(d, 12 * CAST(TRY_CAST(n AS BIGINT) AS DOUBLE));
-- Weekdays up to and including a day, counted from Monday 1 January of the year 1.
CREATE TEMPORARY FUNCTION m_weekdays_to(t INT) RETURNS BIGINT
RETURN 5 * (t DIV 7) + least(t % 7 + 1, 5);
CREATE TEMPORARY FUNCTION m_weekdays_between(a DATE, b DATE) RETURNS BIGINT
RETURN CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
            ELSE m_weekdays_to(datediff(b, DATE '0001-01-01')) - m_weekdays_to(datediff(a, DATE '0001-01-01') - 1) END;
CREATE TEMPORARY FUNCTION m_periods_overlap(a_from DATE, a_to DATE, b_from DATE, b_to DATE) RETURNS BOOLEAN
RETURN coalesce((a_from IS NOT NULL OR a_to IS NOT NULL) AND (b_from IS NOT NULL OR b_to IS NOT NULL)
                AND coalesce(a_from <= b_to, true) AND coalesce(b_from <= a_to, true), false);

-- Identifiers.
CREATE TEMPORARY FUNCTION m_upn_sum(t STRING) RETURNS INT
RETURN TRY_CAST(substr(t, 2, 1) AS INT) * 2 + TRY_CAST(substr(t, 3, 1) AS INT) * 3 + TRY_CAST(substr(t, 4, 1) AS INT) * 4 +
       TRY_CAST(substr(t, 5, 1) AS INT) * 5 + TRY_CAST(substr(t, 6, 1) AS INT) * 6 + TRY_CAST(substr(t, 7, 1) AS INT) * 7 +
       TRY_CAST(substr(t, 8, 1) AS INT) * 8 + TRY_CAST(substr(t, 9, 1) AS INT) * 9 + TRY_CAST(substr(t, 10, 1) AS INT) * 10 +
       TRY_CAST(substr(t, 11, 1) AS INT) * 11 + TRY_CAST(substr(t, 12, 1) AS INT) * 12 +
       coalesce(TRY_CAST(substr(t, 13, 1) AS INT), instr('ABCDEFGHJKLMNPQRTUVWXYZ', substr(t, 13, 1)) - 1) * 13;
CREATE TEMPORARY FUNCTION m_upn_check_letter(t STRING) RETURNS STRING
RETURN CASE WHEN t RLIKE '\\A(?:[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z])\\z'
            THEN substr('ABCDEFGHJKLMNPQRTUVWXYZ', m_upn_sum(t) % 23 + 1, 1) END;
CREATE TEMPORARY FUNCTION m_uln_sum(t STRING) RETURNS INT
RETURN (TRY_CAST(substr(t, 1, 1) AS INT) * 10 + TRY_CAST(substr(t, 2, 1) AS INT) * 9 + TRY_CAST(substr(t, 3, 1) AS INT) * 8
        + TRY_CAST(substr(t, 4, 1) AS INT) * 7 + TRY_CAST(substr(t, 5, 1) AS INT) * 6 + TRY_CAST(substr(t, 6, 1) AS INT) * 5
        + TRY_CAST(substr(t, 7, 1) AS INT) * 4 + TRY_CAST(substr(t, 8, 1) AS INT) * 3 + TRY_CAST(substr(t, 9, 1) AS INT) * 2) % 11;
CREATE TEMPORARY FUNCTION m_uln_check_digit(t STRING) RETURNS STRING
RETURN CASE WHEN t RLIKE '\\A(?:[1-9][0-9]{9})\\z' AND m_uln_sum(t) > 0 THEN CAST(10 - m_uln_sum(t) AS STRING) END;
