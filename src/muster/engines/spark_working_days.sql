-- Working days.  Only the years whose bank holidays are known are counted: $first to $last.  working_days holds them in
-- order, working_days_to for each day of those years how many there were up to and including it.
DECLARE OR REPLACE VARIABLE working_days ARRAY<DATE> DEFAULT CAST(split($working_days, ' ') AS ARRAY<DATE>);
DECLARE OR REPLACE VARIABLE working_days_to ARRAY<INT> DEFAULT CAST(split($working_days_to, ' ') AS ARRAY<INT>);
CREATE TEMPORARY FUNCTION m_working_days_to(d DATE) RETURNS INT
RETURN CASE WHEN d BETWEEN $first AND $last THEN element_at(working_days_to, datediff(d, $first) + 1) END;
CREATE TEMPORARY FUNCTION m_working_days_between(a DATE, b DATE) RETURNS INT
RETURN CASE WHEN b < a THEN 0 ELSE m_working_days_to(b) - m_working_days_to(a) END;
CREATE TEMPORARY FUNCTION m_working_day(n BIGINT) RETURNS DATE
RETURN CASE WHEN n BETWEEN 1 AND size(working_days) THEN element_at(working_days, TRY_CAST(n AS INT)) END;
-- Going back from a day off, the first step leads to the last working day before it.
CREATE TEMPORARY FUNCTION m_steps_from(d DATE, k BIGINT) RETURNS BIGINT
RETURN k + CASE WHEN k < 0 AND m_working_day(m_working_days_to(d)) IS DISTINCT FROM d THEN 1 ELSE 0 END;
CREATE TEMPORARY FUNCTION m_add_working_days(d DATE, k DOUBLE) RETURNS DATE
RETURN m_working_day(m_working_days_to(d) + m_steps_from(d, TRY_CAST(k AS BIGINT)));
