//! Elements of a document and what can be asked of them.

/// A node of the tree.
#[derive(Debug)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// A run of text.
    Text(String),
}

/// An element with its canonical name (`itunes:duration`, `pubdate`, `atom:entry`).
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attrs: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

impl Element {
    /// An element that holds text alone.
    pub(super) fn of_text(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), attrs: Vec::new(), children: vec![Node::Text(text)] }
    }

    /// The child elements in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements in order, to change them.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|child| child.name == name)
    }

    /// An attribute, trimmed; `None` if it is missing or blank.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attrs.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The element's own text, trimmed.
    pub(super) fn text(&self) -> String {
        let runs = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        runs.collect::<String>().trim().to_owned()
    }

    /// Whether it has child elements.
    pub(super) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// Adds a child element at the end.
    pub(super) fn push(&mut self, child: Self) {
        self.children.push(Node::Element(child));
    }
}
