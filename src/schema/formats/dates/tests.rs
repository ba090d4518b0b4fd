//! Tests of dates and times.

use crate::schema::formats::tests::{assert_accepts, assert_problems};

#[test]
fn dates_as_people_write_them() {
    assert_accepts("date", &["2020-05-04", "2020-02-29", "0000-01-01"]);
    assert_accepts(
        "date-time",
        &[
            "2020-05-04T21:58:00+02:00",
            "1990-12-31T23:59:60Z",
            "2020-05-04t00:00:00.5z",
        ],
    );
    assert_accepts("timestamp", &["2020-05-04", "2020-05-04T21:58:00Z"]);
    assert_problems(
        "
        timestamp | tuesday | `tuesday` is not a date | write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS+HH:MM | -
        date | 2023-02-30 | there is no 30 February 2023: that month has 28 days | correct `2023-02-30` | -
        date | 2023-13-01 | there is no month 13: months go from 01 to 12 | correct `2023-13-01` | -
        timestamp | 2020-05-04 24:30:00 Z | there is no hour 24: hours go from 00 to 23 | correct `2020-05-04 24:30:00 Z` | -
        date | 14/05/2020 | `14/05/2020` is not in the form YYYY-MM-DD, with the year first | write `2020-05-14` | 2020-05-14
        date | 05/14/2020 | `05/14/2020` is not in the form YYYY-MM-DD, with the year first | write `2020-05-14` | 2020-05-14
        date | 04/05/2020 | `04/05/2020` may be 4 May 2020 or 5 April 2020 | write `2020-05-04` or `2020-04-05` | -
        date | 05.05.2020 | `05.05.2020` is not in the form YYYY-MM-DD, with the year first | write `2020-05-05` | 2020-05-05
        date | 2020-5-4 | `2020-5-4` is not in the form YYYY-MM-DD | write `2020-05-04` | 2020-05-04
        date | 20200504 | `20200504` is not in the form YYYY-MM-DD | write `2020-05-04` | 2020-05-04
        date | lundi 4 mai 2020 | `lundi 4 mai 2020` is not in the form YYYY-MM-DD, with the year first | write `2020-05-04` | 2020-05-04
        date | 1er février 2020 | `1er février 2020` is not in the form YYYY-MM-DD, with the year first | write `2020-02-01` | 2020-02-01
        date | May 4, 2020 | `May 4, 2020` is not in the form YYYY-MM-DD, with the year first | write `2020-05-04` | 2020-05-04
        date | 2020-05-04T21:58:00Z | `2020-05-04T21:58:00Z` has a time, a date alone is wanted | write `2020-05-04` | -
        date-time | 2020-05-04 | `2020-05-04` has no time of day | add one: `2020-05-04THH:MM:SS+HH:MM` | -
        timestamp | 2020-05-04 21:58:00 +0200 | `2020-05-04 21:58:00 +0200` is not in the form YYYY-MM-DDTHH:MM:SS+HH:MM | write `2020-05-04T21:58:00+02:00` | 2020-05-04T21:58:00+02:00
        timestamp | 2020-05-04 à 14h30 | `2020-05-04 à 14h30` does not say how far its time is from UTC | write `2020-05-04T14:30:00Z` if it is UTC, else the offset, as in `2020-05-04T14:30:00+02:00` | -
        time | 24:00:00Z | there is no hour 24: hours go from 00 to 23; midnight is 00:00 of the next day | correct `24:00:00Z` | -
        time | 21:58Z | `21:58Z` is not in the form HH:MM:SS+HH:MM | write `21:58:00Z` | 21:58:00Z
        ",
    );
}
