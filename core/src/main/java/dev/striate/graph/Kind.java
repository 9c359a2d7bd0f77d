package dev.striate.graph;

/// The kinds of operation that a drawing colours alike: fill and outline as in a legend.
enum Kind {
    INPUT("input", "#ffffff", "#555555"),
    CONVOLUTION("convolution", "#d6e6f5", "#2f6fab"),
    LINEAR("fully connected", "#e3daf2", "#6f4fa3"),
    POOLING("pooling", "#f9dcd3", "#b8502f"),
    NORMALISATION("normalisation", "#fbf0c7", "#a17f0e"),
    ACTIVATION("activation", "#dcefd8", "#468a3a"),
    JOIN("addition, concatenation", "#d3eeec", "#23807a"),
    RESHAPE("reshaping", "#eaeaea", "#707070"),
    DETECTION("detection", "#f7d9e9", "#a33a76");

    final String label;
    final String fill;
    final String outline;

    Kind(String label, String fill, String outline) {
        this.label = label;
        this.fill = fill;
        this.outline = outline;
    }

    static Kind of(Op op) {
        return switch (op) {
            case Op.Input _ -> INPUT;
            case Op.Conv _ -> CONVOLUTION;
            case Op.TransposedConv _ -> CONVOLUTION;
            case Op.TableConv _ -> CONVOLUTION;
            case Op.LocalConv _ -> CONVOLUTION;
            case Op.Linear _ -> LINEAR;
            case Op.RadialBasis _ -> LINEAR;
            case Op.MaxPool _ -> POOLING;
            case Op.AvgPool _ -> POOLING;
            case Op.LpPool _ -> POOLING;
            case Op.AdaptiveAvgPool _ -> POOLING;
            case Op.RegionPooling _ -> POOLING;
            case Op.BatchNorm _ -> NORMALISATION;
            case Op.LocalResponseNorm _ -> NORMALISATION;
            case Op.L2Norm _ -> NORMALISATION;
            case Op.ChannelAffine _ -> NORMALISATION;
            case Op.Concat _ -> JOIN;
            case Op.Add _ -> JOIN;
            case Op.PairDifference _ -> JOIN;
            case Op.Softmax _ -> ACTIVATION;
            case Op.TreeLogits _ -> ACTIVATION;
            case Op.Pointwise _ -> ACTIVATION;
            case Op.Flatten _ -> RESHAPE;
            case Op.Slice _ -> RESHAPE;
            case Op.Upsample _ -> RESHAPE;
            case Op.SpaceToDepth _ -> RESHAPE;
            case Op.Pad _ -> RESHAPE;
            case Op.Crop _ -> RESHAPE;
            case Op.PadChannels _ -> RESHAPE;
            case Op.Detection _ -> DETECTION;
        };
    }
}
