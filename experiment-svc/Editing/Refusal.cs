using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Hosting;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Why an edit did not happen, and what to do about it. Nothing was changed.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The kind of problem.</param>
/// <param name="Detail">The bad value and the fix.</param>
public sealed record Refusal(int Status, string Title, string Detail)
{
    /// <summary>Further members of the problem document.</summary>
    public IReadOnlyDictionary<string, object?> More { get; init; } = new Dictionary<string, object?>();

    /// <summary>The same edit may pass later, without anybody changing it.</summary>
    public bool IsTransient { get; init; }

    public static Refusal Bad(string member, object? value, string rule) => Bad([new InputFault(member, value, rule)]);

    /// <summary>The first fault speaks as everywhere in the API; all of them are listed.</summary>
    public static Refusal Bad(IReadOnlyList<InputFault> faults)
    {
        var first = faults[0];
        return new Refusal(StatusCodes.Status400BadRequest, "Bad input", string.Join(" ", faults.Select(Sentence)))
        {
            More = new Dictionary<string, object?>
            {
                ["member"] = first.Member,
                ["value"] = BadInput.Show(first.Value),
                ["rule"] = first.Rule,
                ["faults"] = faults.Select(static fault => new FaultView(fault.Member, BadInput.Show(fault.Value), fault.Rule)).ToArray(),
            },
        };
    }

    public static Refusal Unknown(string kind, string id, IEnumerable<string> known) => new(
        StatusCodes.Status404NotFound, $"Unknown {kind}", $"There is no {kind} {BadInput.Show(id)}. Known: {string.Join(", ", known)}.");

    public static string Sentence(InputFault fault) => $"'{fault.Member}' is {BadInput.Show(fault.Value)}: {fault.Rule}.";

    public ProblemHttpResult ToProblem() => TypedResults.Problem(title: Title, detail: Detail, statusCode: Status, extensions: More);
}

/// <summary>One thing that is wrong.</summary>
internal sealed record FaultView(string Member, string Value, string Rule);
