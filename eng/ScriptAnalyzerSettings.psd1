@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Variables that are set in BeforeAll and read in It look unused to it.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
