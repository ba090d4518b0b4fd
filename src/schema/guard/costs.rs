//! What each subschema may cost a value, found in time proportional to the schema.

use serde_json::{Map, Value};

/// Subschemas of one value, one below the other. The validator takes a few hundred bytes of stack for
/// each. People write a dozen.
const HIGHEST: u32 = 512;
/// Subschemas of one value, each as often as a way leads to it. The validator compiles some as often.
const MOST_VISITS: u64 = 100_000;
/// The same, of subschemas that do not look at the value: no step is counted for them.
const MOST_IDLE: u64 = 100;
/// One subschema of a graph.
pub(super) struct Subschema<'s> {
    pub(super) value: &'s Value,
    /// The subschemas of the same value just below.
    pub(super) below: Vec<usize>,
    /// Whether it does not look at the value.
    pub(super) is_idle: bool,
}

/// What a subschema costs a value, at the most.
#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    height: u32,
    visits: u64,
    idle: u64,
}

impl Cost {
    pub(super) fn is_refused(&self) -> bool {
        self.height > HIGHEST || self.visits > MOST_VISITS || self.idle > MOST_IDLE
    }
}

/// The costs of subschemas, by their number.
pub(super) struct Costs<'g> {
    nodes: &'g [Subschema<'g>],
    costs: Vec<Cost>,
    /// In the order they are met; 0 where not yet.
    order: Vec<usize>,
    /// The first that is known to be reached again.
    lowest: Vec<usize>,
    is_open: Vec<bool>,
    /// Those that may still belong to a circle.
    circle: Vec<usize>,
}

impl<'g> Costs<'g> {
    /// Finds the circles (Tarjan's algorithm) and with them what is below each.
    pub(super) fn of(nodes: &'g [Subschema<'g>]) -> Vec<Cost> {
        let count = nodes.len();
        let mut search = Self {
            nodes,
            costs: vec![Cost::default(); count],
            order: vec![0; count],
            lowest: vec![0; count],
            is_open: vec![false; count],
            circle: Vec::new(),
        };
        let mut met = 0;
        for start in 0..count {
            if search.order[start] == 0 {
                search.visit(start, &mut met);
            }
        }
        search.costs
    }

    fn visit(&mut self, start: usize, met: &mut usize) {
        let mut way = vec![(start, 0)];
        while let Some((id, next)) = way.last_mut() {
            let id = *id;
            if *next == 0 {
                *met += 1;
                self.order[id] = *met;
                self.lowest[id] = *met;
                self.is_open[id] = true;
                self.circle.push(id);
            }
            let Some(&below) = self.nodes[id].below.get(*next) else {
                way.pop();
                if let Some(&(above, _)) = way.last() {
                    self.lowest[above] = self.lowest[above].min(self.lowest[id]);
                }
                if self.lowest[id] == self.order[id] {
                    self.close(id);
                }
                continue;
            };
            *next += 1;
            if self.order[below] == 0 {
                way.push((below, 0));
            } else if self.is_open[below] {
                self.lowest[id] = self.lowest[id].min(self.order[below]);
            }
        }
    }

    /// Sums up a circle, or a subschema that is in none; what is below it is known.
    fn close(&mut self, first: usize) {
        let start = self.circle.iter().rposition(|&id| id == first).unwrap_or(0);
        let members = self.circle.split_off(start);
        let mut cost = Cost::default();
        let mut edges = 0;
        for &id in &members {
            let node = &self.nodes[id];
            cost.visits += 1;
            let is_empty = node.value.as_object().is_none_or(Map::is_empty);
            cost.idle += u64::from(node.is_idle && node.below.is_empty() && !is_empty);
            for &below in &node.below {
                edges += usize::from(self.is_open[below]);
                // Those of the circle itself have none yet.
                let below = self.costs[below];
                cost.height = cost.height.max(below.height);
                cost.visits = cost.visits.saturating_add(below.visits);
                cost.idle = cost.idle.saturating_add(below.idle);
            }
        }
        let size = u32::try_from(members.len()).unwrap_or(u32::MAX);
        cost.height = cost.height.saturating_add(size);
        // With each edge beyond those of a plain circle, the ways within it may double.
        let doublings = u32::try_from(edges.saturating_sub(members.len())).unwrap_or(u32::MAX);
        cost.visits = cost.visits.saturating_mul(2_u64.saturating_pow(doublings));
        for id in members {
            self.is_open[id] = false;
            self.costs[id] = cost;
        }
    }
}
