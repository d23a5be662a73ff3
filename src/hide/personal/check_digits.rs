//! Check digits, which distinguish personal numbers from other numbers.

/// Returns the digits of a text of ASCII digits.
fn values(digits: &str) -> impl DoubleEndedIterator<Item = u32> + Clone {
    digits.bytes().map(|byte| u32::from(byte - b'0'))
}

/// Checks payment cards: the sum of the digits, every second from the right doubled, is a multiple of ten (ISO/IEC
/// 7812-1).
pub(super) fn luhn(digits: &str) -> bool {
    let double = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 =
        values(digits).rev().enumerate().map(|(i, d)| if i % 2 == 1 { double(d) } else { d }).sum();
    sum.is_multiple_of(10)
}

/// Checks IBANs: with the first four characters at the end and letters as numbers from 10, the remainder of a division
/// by 97 is 1 (ISO 13616-1).
pub(super) fn iban(code: &str) -> bool {
    let Some((country, account)) = code.split_at_checked(4) else { return false };
    let rest = account.chars().chain(country.chars()).try_fold(0, |rest: u32, c| {
        let value = c.to_digit(36)?;
        Some(if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
    });
    rest == Some(1)
}

/// Checks routing numbers of the US: the digits weighted 3, 7, 1 add up to a multiple of ten (American Bankers
/// Association).
pub(super) fn aba(digits: &str) -> bool {
    let weighted = values(digits).zip([3, 7, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    digits.len() == 9 && weighted.sum::<u32>() % 10 == 0 && digits != "000000000"
}

/// Checks tax numbers of Germany: ISO/IEC 7064, MOD 11,10; among the first ten digits one occurs twice or three times,
/// and the others at most once (§ 139a AO, Federal Central Tax Office).
pub(super) fn german_tax(digits: &str) -> bool {
    let counts = |digits: &str| {
        let mut counts = [0; 10];
        values(digits).for_each(|digit| counts[digit as usize] += 1);
        counts
    };
    if digits.len() != 11 || digits.starts_with('0') {
        return false;
    }
    let repeated: Vec<_> = counts(&digits[..10]).into_iter().filter(|count| *count > 1).collect();
    let product = values(&digits[..10]).fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    let check = (11 - product) % 10;
    matches!(repeated[..], [2 | 3]) && values(&digits[10..]).next() == Some(check)
}

/// Checks social insurance numbers of Germany, such as 15070649C103: the letter is a number from 01, and the digit sums
/// of the products with 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1 give the last digit modulo ten (VKVV, § 4).
pub(super) fn german_insurance(code: &str) -> bool {
    let Some(letter) = code.chars().nth(8).filter(char::is_ascii_uppercase) else { return false };
    let number = format!("{}{:02}{}", &code[..8], u32::from(letter) - 64, &code[9..]);
    if code.len() != 12 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let (day, month) = (&code[2..4], &code[4..6]);
    let plausible = ("01"..="81").contains(&day) && ("01"..="12").contains(&month);
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let sum: u32 = values(&number).zip(weights).map(|(digit, w)| digit * w / 10 + digit * w % 10).sum();
    plausible && values(&number).next_back() == Some(sum % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts that a check finds each single wrong digit.
    #[track_caller]
    fn finds_wrong_digits(check: fn(&str) -> bool, right: &str) {
        assert!(check(right), "{right}");
        for at in right.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at) {
            for digit in ('0'..='9').filter(|digit| !right[at..].starts_with(*digit)) {
                let wrong = format!("{}{digit}{}", &right[..at], &right[at + 1..]);
                assert!(!check(&wrong), "{wrong}");
            }
        }
    }

    #[test]
    fn published_examples_are_right_and_wrong_digits_are_found() {
        finds_wrong_digits(luhn, "4111111111111111");
        finds_wrong_digits(iban, "DE89370400440532013000");
        finds_wrong_digits(iban, "GB29NWBK60161331926819");
        finds_wrong_digits(aba, "021000021");
        finds_wrong_digits(german_tax, "86095742719");
        finds_wrong_digits(german_insurance, "15070649C103");
    }
}
