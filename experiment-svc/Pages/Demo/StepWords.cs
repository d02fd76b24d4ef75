using System.Globalization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>What a shopper did, in the past tense.</summary>
internal static class StepWords
{
    public static string Of(Step step) => step.Kind switch
    {
        EventTypes.AddToCart => "put in the cart",
        EventTypes.Purchase => "bought",
        EventTypes.Rating => string.Create(CultureInfo.InvariantCulture, $"gave {step.Stars} stars to"),
        _ => "looked at",
    };
}
