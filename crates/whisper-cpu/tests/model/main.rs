//! Reading models: the real one of this repository, and ones made here.

mod base;
mod elements;
mod ggml;
mod hostile;
mod hugging_face;
mod safetensors;
mod synthetic;
mod vocabulary;
