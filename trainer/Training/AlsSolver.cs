namespace Splitrail.Trainer.Training;

/// <summary>How ALS solves a row.</summary>
internal enum AlsSolver
{
    /// <summary>Exactly.</summary>
    Cholesky,

    /// <summary>Three steps of conjugate gradients from where the last iteration left the row (Takács, Pilászy and Tikk 2011): faster, a little behind for the same number of iterations.</summary>
    ConjugateGradients,

    /// <summary>One pass over blocks of 64 factors from where the last iteration left the row (iALS++, Rendle et al. 2021): for 256 factors and more.</summary>
    Blocks,
}
