using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Hosting;

namespace Splitrail.Input;

/// <summary>The first thing that is wrong with a request.</summary>
/// <param name="Member">Path of the member, such as <c>filters.min_price</c> or <c>session_items[2]</c>; <c>body</c> for the whole.</param>
/// <param name="Value">What came.</param>
/// <param name="Rule">What should have come.</param>
public sealed record InputFault(string Member, object? Value, string Rule)
{
    public ProblemHttpResult ToProblem() => BadInput.Problem(Member, Value, Rule);
}

/// <summary>JSON (or a description) that is shown without quotes.</summary>
public readonly record struct RawJson(string Text)
{
    public override string ToString() => Text;
}
