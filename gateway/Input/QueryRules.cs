using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Input;

namespace Splitrail.Gateway.Input;

/// <summary>Query strings are as strict as bodies: a misspelt parameter is refused, not ignored.</summary>
internal static class QueryRules
{
    /// <summary>Refuses parameters that no handler of the group names, and those given twice. Handlers with a body look at no query.</summary>
    public static RouteGroupBuilder WithStrictQueries(this RouteGroupBuilder group) => group.AddEndpointFilterFactory(static (factory, next) =>
    {
        var parameters = factory.MethodInfo.GetParameters();
        if (parameters.Any(static parameter => parameter.ParameterType.IsAssignableTo(typeof(IEndpointParameterMetadataProvider))))
            return next;
        var known = parameters.Select(static parameter => parameter.GetCustomAttribute<FromQueryAttribute>()?.Name).OfType<string>().ToArray();
        return invocation => FaultOf(invocation.HttpContext.Request.Query, known) is { } fault
            ? ValueTask.FromResult<object?>(fault.ToProblem())
            : next(invocation);
    });

    /// <summary>A whole number within bounds; the default when it is not given.</summary>
    public static InputFault? ReadNumber(string name, string? text, int min, int max, int otherwise, out int value)
    {
        value = otherwise;
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max
            ? null
            : new InputFault(name, text, $"must be a whole number from {min} to {max}");
    }

    /// <summary>An amount of money, not negative; null when it is not given.</summary>
    public static InputFault? ReadPrice(string name, string? text, out decimal? value)
    {
        value = null;
        if (text is null)
            return null;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) || price > FilterRules.MaxPrice)
            return new InputFault(name, text, $"must be a number from 0 to {FilterRules.MaxPrice}");
        value = price;
        return null;
    }

    public static InputFault? ReadSwitch(string name, string? text, bool otherwise, out bool value)
    {
        value = otherwise;
        return text is null || bool.TryParse(text, out value) ? null : new InputFault(name, text, "must be true or false");
    }

    private static InputFault? FaultOf(IQueryCollection query, string[] known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                return new InputFault(name, values.ToString(), $"is not a parameter here; there are {(known.Length == 0 ? "none" : string.Join(", ", known))}");
            if (values.Count > 1)
                return new InputFault(name, values.ToString(), "is given more than once");
        }

        return null;
    }
}
