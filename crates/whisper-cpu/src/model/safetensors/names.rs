//! The names of tensors in transformers and in OpenAI's checkpoints.

/// Parts of a layer, in transformers and in OpenAI's checkpoints.
const PARTS: [(&str, &str); 13] = [
    ("self_attn_layer_norm", "attn_ln"),
    ("self_attn.q_proj", "attn.query"),
    ("self_attn.k_proj", "attn.key"),
    ("self_attn.v_proj", "attn.value"),
    ("self_attn.out_proj", "attn.out"),
    ("encoder_attn_layer_norm", "cross_attn_ln"),
    ("encoder_attn.q_proj", "cross_attn.query"),
    ("encoder_attn.k_proj", "cross_attn.key"),
    ("encoder_attn.v_proj", "cross_attn.value"),
    ("encoder_attn.out_proj", "cross_attn.out"),
    ("final_layer_norm", "mlp_ln"),
    ("fc1", "mlp.0"),
    ("fc2", "mlp.2"),
];

/// OpenAI's name for a tensor of transformers, whose name starts with `model.` unless it was saved without the last
/// layer. `None` for a name of another scheme. The model need not have the tensor.
pub fn openai(name: &str) -> Option<String> {
    let name = name.strip_prefix("model.").unwrap_or(name);
    let (side, inner) = name.split_once('.')?;
    let inner = match (side, inner) {
        ("encoder" | "decoder", "embed_positions.weight") => "positional_embedding".to_owned(),
        ("decoder", "embed_tokens.weight") => "token_embedding.weight".to_owned(),
        ("encoder", _) if inner.starts_with("conv") => inner.to_owned(),
        ("encoder" | "decoder", _) => {
            let (module, kind) = inner.rsplit_once('.')?;
            format!("{}.{kind}", self::module(side, module)?)
        }
        _ => return None,
    };
    Some(format!("{side}.{inner}"))
}

fn module(side: &str, module: &str) -> Option<String> {
    if module == "layer_norm" {
        return Some(if side == "encoder" { "ln_post" } else { "ln" }.to_owned());
    }
    let (layer, part) = module.strip_prefix("layers.")?.split_once('.')?;
    let (_, part) = PARTS.iter().find(|(theirs, _)| *theirs == part)?;
    Some(format!("blocks.{layer}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_schemes_correspond() {
        for (theirs, openais) in [
            ("model.encoder.conv1.bias", "encoder.conv1.bias"),
            ("encoder.embed_positions.weight", "encoder.positional_embedding"),
            ("model.encoder.layer_norm.weight", "encoder.ln_post.weight"),
            ("model.encoder.layers.11.fc2.bias", "encoder.blocks.11.mlp.2.bias"),
            ("model.decoder.embed_tokens.weight", "decoder.token_embedding.weight"),
            ("decoder.layer_norm.bias", "decoder.ln.bias"),
            ("model.decoder.layers.0.encoder_attn.q_proj.weight", "decoder.blocks.0.cross_attn.query.weight"),
            ("model.decoder.layers.3.encoder_attn_layer_norm.bias", "decoder.blocks.3.cross_attn_ln.bias"),
            ("model.decoder.layers.3.final_layer_norm.bias", "decoder.blocks.3.mlp_ln.bias"),
        ] {
            assert_eq!(openai(theirs).as_deref(), Some(openais));
        }
        for unknown in
            ["", "proj_out.weight", "model.encoder.layers.0.adapter.weight", "text.layers.0.fc1.weight"]
        {
            assert_eq!(openai(unknown), None, "{unknown}");
        }
    }
}
