# SPDX-License-Identifier: GPL-2.0-only
#
# Counts.pm - prove's own summary, and the sum of its tests below it:
#
#	PERL5LIB=tests prove --formatter Counts ..
#
# "N passed, N failed, N skipped". prove counts no test where a program died or did not
# run what it planned; here that is one failure.
package Counts;

use strict;
use warnings;
use parent 'TAP::Formatter::Console';
use TAP::Formatter::File;

# what is printed while several programs run is for a terminal
sub open_test
{
	my ($self, @test) = @_;

	return $self->SUPER::open_test(@test) if $self->jobs < 2 || -t STDOUT;
	return TAP::Formatter::File::open_test($self, @test);
}

sub summary
{
	my ($self, $results, $interrupted) = @_;
	my $failed = $results->failed;

	$self->SUPER::summary($results, $interrupted);
	foreach my $program ($results->parsers) {
		$failed++ if $program->has_problems && !$program->failed;
	}
	$failed++ if $interrupted;
	$self->_output(sprintf("%d passed, %d failed, %d skipped\n",
			       scalar($results->passed) - $results->skipped, $failed,
			       scalar($results->skipped)));
}

1;
