/// The first thing to try: [dev.striate.vision.demo.Demo] trains LeNet-5 on digits that the program draws, and one picture
/// shows what it learned.
@NullMarked
package dev.striate.vision.demo;

import org.jspecify.annotations.NullMarked;
