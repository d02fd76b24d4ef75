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
    private const int MostDays = 3650;

    private readonly Option<string> _ranker = Choice(
        "--ranker", "mlp: a network; logistic: the safe one; trees: gradient-boosted; blend: mlp and trees, dearer to serve.", RankerLearners.Network, RankerLearners.Table.Names);

    private readonly Option<string> _precision = Choice(
        "--precision", "What is served: int8 is refused unless it ranks as fp32 does.", RankerCard.FullPrecision, [RankerCard.FullPrecision, RankerCard.Quantised]);

    private readonly Option<string> _weights = Choice(
        "--int8-weights", "A scale per layer, or per output of a layer.", QuantisationOptions.Tensor, [QuantisationOptions.Tensor, QuantisationOptions.Channel]);

    private readonly Option<string> _bits = Choice("--int8-bits", "7 for processors without VNNI, where products of 8 bits can saturate.", "8", ["7", "8"]);

    private readonly Option<string?> _impressions = new("--impressions")
    {
        Description = "Served lists and their outcomes to learn from as well: a log, or the address of the gateway or experiment-svc of a running shop.", HelpName = "FILE|URL",
    };

    private readonly Option<int> _days = new("--impression-days") { Description = "How far back a running shop is asked.", HelpName = "N", DefaultValueFactory = static _ => 14 };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ranker, _precision, _weights, _bits])
            command.Options.Add(option);
        command.Options.Add(_impressions);
        command.Options.Add(_days);
    }

    /// <exception cref="InputException">The log of impressions cannot be read.</exception>
    public ModelTrainingOptions Read(ParseResult parsed, string? version, bool activate, RetrievalOptions retrieval) =>
        new(parsed.GetRequiredValue(_ranker), version, activate, retrieval)
        {
            Impressions = ImpressionsOf(parsed),
            Precision = parsed.GetRequiredValue(_precision),
            Quantisation = new QuantisationOptions(parsed.GetValue(_weights) == QuantisationOptions.Channel, parsed.GetValue(_bits) == "7" ? 7 : 8),
        };

    private IReadOnlyList<ServedList> ImpressionsOf(ParseResult parsed)
    {
        if (parsed.GetValue(_impressions) is not { } source)
            return [];
        if (parsed.GetValue(_days) is var days && days is < 1 or > MostDays)
            throw new InputException($"--impression-days is {days}: give 1 to {MostDays}.");
        var log = ImpressionSource.Read(source, days);
        parsed.InvocationConfiguration.Output.WriteLine(log.Summary);
        return log.Lists;
    }

    private static Option<string> Choice(string name, string description, string value, IReadOnlyList<string> among)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => value };
        option.AcceptOnlyFromAmong([.. among]);
        return option;
    }
}
