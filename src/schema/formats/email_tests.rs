//! Tests of e-mail addresses.

use crate::schema::formats::tests::{assert_accepts, assert_problems};

#[test]
fn addresses_as_people_write_them() {
    assert_accepts(
        "email",
        &[
            "prenom.nom@sgg.gouv.fr",
            "user@localhost",
            "a+b@x.fr",
            "\"a b\"@x.fr",
        ],
    );
    assert_accepts("idn-email", &["rené@exemple.fr"]);
    assert_problems(
        "
        email | presse.gouv.fr | `presse.gouv.fr` has no `@` | write an address such as `name@example.org` | -
        email | presse (at) gouv.fr | `presse (at) gouv.fr` has no `@` | write `presse@gouv.fr` | -
        email | a@@b.fr | `a@@b.fr` has 2 `@`, an address has one | - | -
        email | presse@gouv,fr | `gouv,fr` has a comma where a dot belongs | write `presse@gouv.fr` | presse@gouv.fr
        email | presse@gouv.fr  | `presse@gouv.fr ` ends with a space | write `presse@gouv.fr` | presse@gouv.fr
        email | \u{a0}presse@gouv.fr | `\u{a0}presse@gouv.fr` begins with a no-break space | write `presse@gouv.fr` | presse@gouv.fr
        email | presse@gouv.fr\u{200b} | `presse@gouv.fr\\u{200b}` holds an invisible zero-width space (U+200B) | write `presse@gouv.fr` | presse@gouv.fr
        email | mailto:a@b.fr | `mailto:a@b.fr` is a link, the address alone is wanted | write `a@b.fr` | a@b.fr
        email | <a@b.fr> | `<a@b.fr>` is between `<` and `>` | write `a@b.fr` | a@b.fr
        email | Ann <a@b.fr> | `Ann <a@b.fr>` holds a name besides the address | write the address alone: `a@b.fr` | -
        email | a@b.fr. | `a@b.fr.` ends with `.` | write `a@b.fr` | a@b.fr
        email | @b.fr | `@b.fr` has nothing before the `@` | - | -
        email | a@ | `a@` has no domain after the `@` | - | -
        email | a b@c.fr | `a b@c.fr` has a space in it | - | -
        email | a@b..fr | `a@b..fr` has two dots in a row | - | -
        email | rené@b.fr | `é` in `rené@b.fr` does not belong in an e-mail address | is it `rene@b.fr`? addresses have no accents | -
        email | a@b.fr, c@d.fr | `a@b.fr, c@d.fr` holds 2 addresses | write one address, or a list with one an item where a list is allowed | -
        email | a@b_c.fr | `_` in `a@b_c.fr` does not belong in a domain | - | -
        ",
    );
}
