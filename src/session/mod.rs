//! Joins the stages from a recording to a document, and owns the threads they run on.
