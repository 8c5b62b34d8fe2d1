import { useState } from 'react';

interface StepChoice {
  readonly value: string;
  readonly label: string;
}

interface OfferedSteps {
  readonly data: StepChoice[];
  readonly onDropdownOpen: () => void;
  readonly onDropdownClose: () => void;
}

/** A list of steps to choose from: one of a thousand options is only made when it is opened; until then it holds what is chosen. */
export function useStepChoices(offered: readonly StepChoice[], chosen: readonly string[]): OfferedSteps {
  const [isOpen, setIsOpen] = useState(false);
  return {
    data: isOpen ? [...offered] : offered.filter(({ value }) => chosen.includes(value)),
    onDropdownOpen: () => setIsOpen(true),
    onDropdownClose: () => setIsOpen(false),
  };
}
