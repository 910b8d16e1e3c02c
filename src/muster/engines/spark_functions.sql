-- The portable functions of the rule language, in Spark; each statement ends with a semicolon at the end of a line.
-- Each must agree with functions.py (the reference engine) on tests/engines/boundary.toml.

-- Typing: text to value, or empty where the text is not exactly of that type.  \z is the very end: $ would let a
-- line break follow.
CREATE TEMPORARY FUNCTION m_full_match(t STRING, pattern STRING) RETURNS BOOLEAN
RETURN t RLIKE concat('\\A(?:', pattern, ')\\z');
CREATE TEMPORARY FUNCTION m_date(t STRING) RETURNS DATE
RETURN CASE WHEN m_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND t >= '0001' THEN TRY_CAST(t AS DATE) END;
CREATE TEMPORARY FUNCTION m_datetime(t STRING) RETURNS TIMESTAMP_NTZ
RETURN CASE WHEN t >= '0001' AND m_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?')
            THEN TRY_CAST(replace(substr(t, 1, 19), 'T', ' ') AS TIMESTAMP_NTZ) END;
CREATE TEMPORARY FUNCTION m_number(t STRING) RETURNS DOUBLE
RETURN CASE WHEN m_full_match(t, '-?[0-9]{1,15}([.][0-9]{1,15})?') THEN TRY_CAST(t AS DOUBLE) END;
CREATE TEMPORARY FUNCTION m_whole(t STRING) RETURNS DOUBLE
RETURN CASE WHEN m_full_match(t, '-?[0-9]{1,15}') THEN TRY_CAST(t AS DOUBLE) END;
CREATE TEMPORARY FUNCTION m_boolean(t STRING) RETURNS BOOLEAN
RETURN CASE WHEN lower(t) IN ('true', '1') THEN true WHEN lower(t) IN ('false', '0') THEN false END;

-- Text.  A question answered yes or no is answered no of an empty value.
CREATE TEMPORARY FUNCTION m_matches(t STRING, pattern STRING) RETURNS BOOLEAN
RETURN coalesce(m_full_match(t, pattern), false);
CREATE TEMPORARY FUNCTION m_contains(t STRING, part STRING) RETURNS BOOLEAN
RETURN coalesce(contains(t, part), false);
CREATE TEMPORARY FUNCTION m_starts_with(t STRING, part STRING) RETURNS BOOLEAN
RETURN coalesce(startswith(t, part), false);
CREATE TEMPORARY FUNCTION m_is_teacher_number(t STRING) RETURNS BOOLEAN
RETURN m_matches(t, '[0-9]{7}');
CREATE TEMPORARY FUNCTION m_is_ni_number(t STRING) RETURNS BOOLEAN
RETURN m_matches(t, '[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]');

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
CREATE TEMPORARY FUNCTION m_months_up(a DATE, b DATE) RETURNS INT
RETURN (year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN day(b) < day(a) THEN 1 ELSE 0 END;
CREATE TEMPORARY FUNCTION m_full_months(a DATE, b DATE) RETURNS INT
RETURN CASE WHEN b >= a THEN m_months_up(a, b) ELSE -m_months_up(b, a) END;
CREATE TEMPORARY FUNCTION m_full_years(a DATE, b DATE) RETURNS INT
RETURN m_full_months(a, b) DIV 12;
CREATE TEMPORARY FUNCTION m_days_between(a DATE, b DATE) RETURNS INT
RETURN datediff(b, a);
-- A number of days or months is cut to a whole one; a day outside the years 1 to 9999 is empty.
CREATE TEMPORARY FUNCTION m_day_number(d DATE) RETURNS INT
RETURN datediff(d, DATE '0001-01-01');
CREATE TEMPORARY FUNCTION m_whole_steps(n DOUBLE) RETURNS BIGINT
RETURN TRY_CAST(n AS BIGINT);
CREATE TEMPORARY FUNCTION m_add_days(d DATE, n DOUBLE) RETURNS DATE
RETURN CASE WHEN m_whole_steps(n) BETWEEN -m_day_number(d) AND datediff(DATE '9999-12-31', d)
            THEN date_add(d, TRY_CAST(n AS INT)) END;
CREATE TEMPORARY FUNCTION m_months_since_nought(d DATE) RETURNS INT
RETURN 12 * year(d) + month(d) - 1;
CREATE TEMPORARY FUNCTION m_add_months(d DATE, n DOUBLE) RETURNS DATE
RETURN CASE WHEN m_whole_steps(n) BETWEEN 12 - m_months_since_nought(d) AND 12 * 9999 + 11 - m_months_since_nought(d)
            THEN add_months(d, TRY_CAST(n AS INT)) END;
CREATE TEMPORARY FUNCTION m_add_years(d DATE, n DOUBLE) RETURNS DATE
RETURN m_add_months(d, 12 * CAST(m_whole_steps(n) AS DOUBLE));
-- Weekdays up to and including a day, counted from Monday 1 January of the year 1.
CREATE TEMPORARY FUNCTION m_weekdays_to(t INT) RETURNS BIGINT
RETURN 5 * (t DIV 7) + least(t % 7 + 1, 5);
CREATE TEMPORARY FUNCTION m_weekdays_between(a DATE, b DATE) RETURNS BIGINT
RETURN CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
            ELSE m_weekdays_to(m_day_number(b)) - m_weekdays_to(m_day_number(a) - 1) END;
CREATE TEMPORARY FUNCTION m_periods_overlap(a_from DATE, a_to DATE, b_from DATE, b_to DATE) RETURNS BOOLEAN
RETURN coalesce((a_from IS NOT NULL OR a_to IS NOT NULL) AND (b_from IS NOT NULL OR b_to IS NOT NULL)
                AND coalesce(a_from <= b_to, true) AND coalesce(b_from <= a_to, true), false);

-- Identifiers.
CREATE TEMPORARY FUNCTION m_digit(t STRING, place INT) RETURNS INT
RETURN instr('0123456789', substr(t, place, 1)) - 1;
CREATE TEMPORARY FUNCTION m_upn_last(c STRING) RETURNS INT
RETURN CASE WHEN c BETWEEN '0' AND '9' THEN instr('0123456789', c) ELSE instr('ABCDEFGHJKLMNPQRTUVWXYZ', c) END - 1;
CREATE TEMPORARY FUNCTION m_upn_sum(t STRING) RETURNS INT
RETURN m_digit(t, 2) * 2 + m_digit(t, 3) * 3 + m_digit(t, 4) * 4 + m_digit(t, 5) * 5 + m_digit(t, 6) * 6
       + m_digit(t, 7) * 7 + m_digit(t, 8) * 8 + m_digit(t, 9) * 9 + m_digit(t, 10) * 10 + m_digit(t, 11) * 11
       + m_digit(t, 12) * 12 + m_upn_last(substr(t, 13, 1)) * 13;
CREATE TEMPORARY FUNCTION m_upn_check_letter(t STRING) RETURNS STRING
RETURN CASE WHEN m_full_match(t, '[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]')
            THEN substr('ABCDEFGHJKLMNPQRTUVWXYZ', m_upn_sum(t) % 23 + 1, 1) END;
CREATE TEMPORARY FUNCTION m_uln_sum(t STRING) RETURNS INT
RETURN (m_digit(t, 1) * 10 + m_digit(t, 2) * 9 + m_digit(t, 3) * 8 + m_digit(t, 4) * 7 + m_digit(t, 5) * 6
        + m_digit(t, 6) * 5 + m_digit(t, 7) * 4 + m_digit(t, 8) * 3 + m_digit(t, 9) * 2) % 11;
CREATE TEMPORARY FUNCTION m_uln_check_digit(t STRING) RETURNS STRING
RETURN CASE WHEN m_full_match(t, '[1-9][0-9]{9}') AND m_uln_sum(t) > 0 THEN CAST(10 - m_uln_sum(t) AS STRING) END;
