//! The library in ten lines: a preset, one value changed, its margin and its break-even.
//! `cargo run --example margin`

use napkin::analysis::break_even;
use napkin::model::{Output, evaluate};
use napkin::preset::{Document, builtin};
use napkin::quantity::number;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut document = Document::new(builtin::load("deepseek-day6").ok_or("not shipped")?);
    let rent = document.scenario().find("node.gpu_hour")?;
    document.set(&[(rent, Some(4.0))])?;
    println!("gross margin {}", number::output(&evaluate(document.scenario()), Output::GrossMargin));
    for value in break_even(document.scenario(), rent, 0.0).solutions {
        println!("breaks even at {}", number::input_with_unit(rent, Some(value)));
    }
    Ok(())
}

#[test]
fn it_runs() -> Result<(), Box<dyn std::error::Error>> {
    main()
}
