package dev.striate.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.zoo.Zoo;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class DrawingTest {
    static final List<Network> NETWORKS = List.of(Zoo.network("lenet5_paper"), Zoo.network("resnet20"),
            Zoo.network("resnet110"), Samples.resNet18(), Samples.inception());

    private record Rectangle(double left, double top, double right, double bottom) {
        boolean overlaps(Rectangle other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    @ParameterizedTest
    @FieldSource("NETWORKS")
    void hasABoxForEachLayerAndNoneOnAnother(Network network) throws Exception {
        var svg = parse(Drawing.svg(network));
        var boxes = boxes(svg);

        assertThat(boxes).hasSameSizeAs(NodeGroups.of(network));
        for (var a : boxes) for (var b : boxes) assertThat(a != b && a.overlaps(b)).as("%s on %s", a, b).isFalse();
    }

    @ParameterizedTest
    @FieldSource("NETWORKS")
    void liesWithinItsFrame(Network network) throws Exception {
        var svg = parse(Drawing.svg(network));
        var width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
        var height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));

        assertThat(boxes(svg))
                .allMatch(box -> box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height);
    }

    @Test
    void escapesNames() throws Exception {
        var network = Layer.input(1, 8, 8).at("a<b>&'c'\"").conv(2, 3).network("<&'\">");

        assertThat(parse(Drawing.svg(network)).getDocumentElement().getTextContent()).contains("a<b>&'c'\"", "<&'\">");
    }

    @Test
    void isSelfContained() {
        var svg = Drawing.svg(Zoo.network("resnet20"));

        assertThat(svg).doesNotContain("<script", "href", "@import", "<image");
        assertThat(svg).isEqualTo(Drawing.svg(Zoo.network("resnet20")));
    }

    @Test
    void putsBranchesBesideEachOtherAndTheTrunkInOneColumn() {
        var layout = DrawingLayout
                .of(List.of(List.of(), List.of(0), List.of(0), List.of(2), List.of(0), List.of(1, 3, 4)));

        assertThat(layout.rows).containsExactly(0, 1, 1, 2, 1, 3);
        assertThat(layout.columns).containsExactly(0, -1, 0, 0, 1, 0);
    }

    @Test
    void keepsTheLargerOfTwoBranchesStraight() {
        var layout = DrawingLayout.of(List.of(List.of(), List.of(0), List.of(0), List.of(2), List.of(1, 3)));

        assertThat(layout.columns).containsExactly(0, 1, 0, 0, 0);
    }

    @Test
    void putsAnAuxiliaryHeadBesideTheWholeModule() {
        var layout = DrawingLayout
                .of(List.of(List.of(), List.of(0), List.of(0), List.of(0), List.of(0), List.of(2, 3, 4),
                        List.of(5)));

        assertThat(layout.columns).containsExactly(0, 2, -1, 0, 1, 0, 0);
    }

    @Test
    void breaksOnlyWhereEverythingHangsOnOneBox() {
        var layout = DrawingLayout
                .of(List.of(List.of(), List.of(0), List.of(1), List.of(2, 0), List.of(3), List.of(4)));

        assertThat(layout.throat(0)).isEqualTo(0);
        assertThat(layout.throat(1)).isEqualTo(-1);
        assertThat(layout.throat(3)).isEqualTo(3);
        assertThat(layout.breaks(2)).containsExactly(3);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    /// The boxes of all strips: the rectangles that have a tooltip, moved by their strip's translation.
    private static List<Rectangle> boxes(Document svg) {
        var boxes = new ArrayList<Rectangle>();
        var rectangles = svg.getElementsByTagName("rect");
        for (var i = 0; i < rectangles.getLength(); i++) {
            var box = (Element) rectangles.item(i);
            if (!(box.getParentNode().getParentNode() instanceof Element strip && strip.hasAttribute("transform")))
                continue;
            var by = strip.getAttribute("transform").replaceAll("[^0-9. ]", "").split(" ");
            var left = number(box, "x") + Double.parseDouble(by[0]);
            var top = number(box, "y") + Double.parseDouble(by[1]);
            boxes.add(new Rectangle(left, top, left + number(box, "width"), top + number(box, "height")));
        }
        return boxes;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
