/// The published architectures, one file for each family; [Zoo] finds them by name.
///
/// Names of networks and of their tensors are torchvision's, else timm's. `NAME_small` is the adaptation for pictures of
/// 28 to 64 pixels. Auxiliary heads are further outputs, for training only. [ZooEntry#published] has what others
/// published about a network, [Check] derives it again.
///
/// ```java
/// var network = Zoo.network("resnet20");
/// var small = Zoo.entry("lenet5").network(new Shape(1, 28, 28), 26);
/// Check.of(Zoo.entry("resnet50")).forEach(System.out::println);
/// ```
@NullMarked
package dev.striate.zoo;

import org.jspecify.annotations.NullMarked;
