using Splitrail.Policies;
using Splitrail.Trainer.Ranker.Trees;

namespace Splitrail.Trainer.Ranker;

/// <summary>The rankers that can be trained, by name.</summary>
internal static class RankerLearners
{
    public const string Network = "mlp";
    public const string Logistic = "logistic";
    public const string Trees = "trees";
    public const string Blend = "blend";

    private static readonly NetworkLearner s_network = new(Network, new NetworkOptions([64, 32]) { ListPasses = 6 });
    private static readonly TreeLearner s_trees = new(Trees, new TreeOptions());

    public static PolicyTable<IRankerLearner> Table { get; } = new(
        "ranker",
        [
            s_network,
            new NetworkLearner(Logistic, new NetworkOptions([]) { LearningRate = 0.02f, MaxPasses = 20 }),
            s_trees,
            new BlendLearner(Blend, s_network, s_trees),
        ]);
}
