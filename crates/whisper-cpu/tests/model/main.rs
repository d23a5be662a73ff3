//! Reading models: the real one of this repository, and small ones made here.

mod base;
mod elements;
mod ggml;
mod hugging_face;
mod safetensors;
mod small;
mod vocabulary;
