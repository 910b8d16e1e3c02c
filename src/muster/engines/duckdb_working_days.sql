-- Working days, numbered in order; only the years whose bank holidays are known are numbered.
CREATE TABLE working_days AS
    SELECT d.day, row_number() OVER (ORDER BY d.day) AS n
    FROM (SELECT CAST(unnest(generate_series($first, $last, INTERVAL 1 DAY)) AS DATE) AS day) d
    WHERE isodow(d.day) <= 5 AND d.day NOT IN (SELECT unnest($holidays));
CREATE MACRO m_working_days_to(d) AS
    CASE WHEN d BETWEEN $first AND $last THEN (SELECT count(*) FROM working_days w WHERE w.day <= d) END;
CREATE MACRO m_working_days_between(a, b) AS
    CASE WHEN b < a THEN 0 ELSE m_working_days_to(b) - m_working_days_to(a) END;
CREATE MACRO m_add_working_days(d, k) AS
    (SELECT w.day FROM working_days w WHERE w.n = m_working_days_to(d) + trunc(k)
        -- Going back from a day off, the first step leads to the last working day before it.
        + CASE WHEN trunc(k) < 0 AND d NOT IN (SELECT v.day FROM working_days v) THEN 1 ELSE 0 END);
