package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.data.picture.SelectiveSearch;
import dev.striate.data.region.Warp;
import dev.striate.region.RegionSampling;

/// How an R-CNN proposes regions, looks at them and learns from them.
///
/// @param features the layer that the support vector machines read
/// @param places the layer that the regression of boxes reads, which should still know where things are
/// @param sampling what of each picture the network is fine-tuned on
/// @param ridge λ, how much large weights of the regression cost
/// @param near the IoU with an object above which a proposal teaches the regression
public record RcnnSettings(SelectiveSearch search, Warp warp, String features, String places, RegionSampling sampling,
        SvmSettings machines, double ridge, double near) {
    public RcnnSettings {
        if (!(ridge > 0 && near >= 0 && near < 1)) {
            throw new StriateException("The regression of boxes expects a λ above 0 and an overlap from 0 to below 1; "
                    + "received " + ridge + " and " + near + ".");
        }
    }

    /// The paper's, for an input of 227 pixels (Girshick et al. 2014, §2 and appendices A and C).
    ///
    /// @param features the second fully connected layer's output, behind its ReLU
    /// @param places the last pooling's
    public static RcnnSettings paper(String features, String places) {
        return new RcnnSettings(SelectiveSearch.rcnn(), Warp.rcnn(), features, places, RegionSampling.rcnn(),
                SvmSettings.rcnn(), 1000, 0.6);
    }

    public RcnnSettings withSearch(SelectiveSearch search) {
        return new RcnnSettings(search, warp, features, places, sampling, machines, ridge, near);
    }

    public RcnnSettings withWarp(Warp warp) {
        return new RcnnSettings(search, warp, features, places, sampling, machines, ridge, near);
    }

    public RcnnSettings withMachines(SvmSettings machines) {
        return new RcnnSettings(search, warp, features, places, sampling, machines, ridge, near);
    }

    public RcnnSettings withSampling(RegionSampling sampling) {
        return new RcnnSettings(search, warp, features, places, sampling, machines, ridge, near);
    }
}
