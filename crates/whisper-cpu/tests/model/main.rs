//! Reads models: the real one of this repository, and generated ones.

mod base;
mod elements;
mod ggml;
mod hostile;
mod hugging_face;
mod safetensors;
mod synthetic;
mod vocabulary;
