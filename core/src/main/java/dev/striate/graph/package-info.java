/// A network is a value: an immutable flat list of nodes, each an operation and the indices of its inputs.
///
/// Start with [Layer], which builds one as a paper's table reads, then [Network], [Op] and the readings:
/// [Shapes], [Parameters], [Costs], [ReceptiveField], [Summary], [Drawing].
///
/// ```java
/// var network = Layer.input(1, 28, 28).conv(8, 5).relu().maxPool(2).flatten().linear(10).network("tiny");
/// System.out.println(Summary.of(network));
/// ```
@NullMarked
package dev.striate.graph;

import org.jspecify.annotations.NullMarked;
