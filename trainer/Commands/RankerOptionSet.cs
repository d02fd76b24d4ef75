using System.CommandLine;
using Splitrail.Models;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Impressions;
using Splitrail.Trainer.Ranker.Quantised;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Commands;

/// <summary>What ranker is trained and how it is written, as options of a command.</summary>
internal sealed class RankerOptionSet
{
    private readonly Option<string> _ranker = Choice(
        "--ranker", "mlp: a network; logistic: the safe one; trees: gradient-boosted; blend: mlp and trees, dearer to serve.", RankerLearners.Network, RankerLearners.Table.Names);

    private readonly Option<string> _precision = Choice(
        "--precision", "What is served: int8 is refused unless it ranks as fp32 does.", RankerCard.FullPrecision, [RankerCard.FullPrecision, RankerCard.Quantised]);

    private readonly Option<string> _weights = Choice(
        "--int8-weights", "A scale per layer, or per output of a layer.", QuantisationOptions.Tensor, [QuantisationOptions.Tensor, QuantisationOptions.Channel]);

    private readonly Option<string> _bits = Choice("--int8-bits", "7 for processors without VNNI, where products of 8 bits can saturate.", "8", ["7", "8"]);

    private readonly Option<string?> _impressions = new("--impressions") { Description = "Log of served lists and their outcomes to learn from as well.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ranker, _precision, _weights, _bits])
            command.Options.Add(option);
        command.Options.Add(_impressions);
    }

    /// <exception cref="InputException">The log of impressions cannot be read.</exception>
    public ModelTrainingOptions Read(ParseResult parsed, string? version, bool activate, RetrievalOptions retrieval) =>
        new(parsed.GetRequiredValue(_ranker), version, activate, retrieval)
        {
            Impressions = parsed.GetValue(_impressions) is { } path ? ImpressionLog.Read(path).Lists : [],
            Precision = parsed.GetRequiredValue(_precision),
            Quantisation = new QuantisationOptions(parsed.GetValue(_weights) == QuantisationOptions.Channel, parsed.GetValue(_bits) == "7" ? 7 : 8),
        };

    private static Option<string> Choice(string name, string description, string value, IReadOnlyList<string> among)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => value };
        option.AcceptOnlyFromAmong([.. among]);
        return option;
    }
}
