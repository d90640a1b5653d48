-- Numbers with 15 digits, which all servers write the same way. Before 12 none knows their shortest form.
SET extra_float_digits = 0;
