//! What a GPU is called, whoever measures or rents it out: one table.

/// Names of one GPU that mean another's row. Cards for PCIe or `NVL` are slower, and stay apart.
const SAME: [(&str, &str); 2] = [("H100-SXM", "H100"), ("H200-SXM", "H200")];

/// The canonical name of a GPU: hyphens for spaces, and `H100` for `H100-SXM`.
pub fn gpu_id(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join("-");
    let same = SAME.iter().find(|(other, _)| other.eq_ignore_ascii_case(&name));
    same.map_or(name, |(_, id)| (*id).to_owned())
}

/// Whether the GPUs of a system are of more than one kind.
pub(super) fn is_mixed(name: &str) -> bool {
    name.contains('+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sxm_is_the_gpu_itself_and_other_forms_are_not() {
        for (name, id) in [
            ("H100-SXM", "H100"),
            ("H200 SXM", "H200"),
            ("RTX PRO 6000", "RTX-PRO-6000"),
            ("H100-PCIe", "H100-PCIe"),
            ("H200-NVL", "H200-NVL"),
            (" B200 ", "B200"),
        ] {
            assert_eq!(gpu_id(name), id);
        }
        assert!(is_mixed("MI300X+MI325X"));
    }
}
